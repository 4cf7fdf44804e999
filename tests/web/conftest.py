"""An application on a fresh database, and browsers for the people of the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from procedures.actors import Actor
from procedures.database import Database
from tests.web.browsing import Browser
from tests.web.casework import Casework
from tests.web.standing import standing_app
from web import create_app
from web.services import Overrides
from web.settings import Settings

HERE = Path(__file__).parent


@dataclass
class Clock:
    """A clock that a test moves by hand."""

    moment: datetime

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.moment

    def move(self, by: timedelta) -> None:
        """Later."""
        self.moment += by


@pytest.fixture
def clock(now: datetime) -> Clock:
    """Stands at `now` until moved."""
    return Clock(now)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A local run in a folder of its own, reached as the test client reaches it."""
    return Settings(public_url="http://localhost", data_dir=tmp_path / "data")


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> Flask:
    """The whole application; a test that changes it asks for `new_app`."""
    return standing_app(settings, database, Overrides(clock=clock))


@pytest.fixture
def new_app(settings: Settings, database: Database, clock: Clock) -> Flask:
    """An application of a test's own, to be changed."""
    return create_app(settings, database, Overrides(clock=clock))


@pytest.fixture
def browser(app: Flask, people: object) -> Callable[..., Browser]:
    """`browser()` is a visitor's; `browser("hanako")` is Hanako's, signed in (`assurance="basic"` to be known less)."""

    def open_browser(person_id: str | None = None, assurance: str = "substantial") -> Browser:
        return Browser(app, person_id, assurance)

    return open_browser


@pytest.fixture
def casework(app: Flask, database: Database, people: dict[str, Actor], now: datetime) -> Casework:
    """Files cases through the services and moves them on."""
    return Casework(database, app.extensions["tetsuzuki"].blobs, people, now)


# About what stands on pages, who is let in and what is refused: which database lies below makes no difference there.
ABOUT_PAGES = frozenset(
    {
        *("test_catalogue", "test_pages_are_sound", "test_languages", "test_errors", "test_attacks", "test_csrf"),
        *(
            "test_access",
            "test_authority",
            "test_tokens",
            "test_rules",
            "test_every_route",
            "test_mistakes",
            "test_controls",
        ),
        *("test_guards", "test_bill", "test_values", "test_rendering", "test_assets", "test_changing"),
        *(
            "test_today_page",
            "test_sheet_pages",
            "test_entry_pages",
            "test_total_pages",
            "test_search_pages",
        ),
        *("test_task_list", "test_effects_told", "test_stepping_up", "test_audience", "test_visitors", "test_pace"),
        *("test_messages", "test_queue", "test_proposing", "test_proposal_form", "test_hostile_input", "test_hooks"),
        *("test_reaching", "test_walks", "test_screens", "test_places", "test_nested_lists", "test_postcodes"),
        *("test_from_earlier", "test_once", "test_pages_of_a_paper", "test_papers_again", "test_viruses"),
        *("test_acting", "test_businesses", "test_verify", "test_pay_link", "test_insight", "test_bank"),
        *("test_charges", "test_worklist", "test_passkeys", "test_mail_link", "test_claims", "test_configuration"),
    }
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These run on SQLite alone."""
    for item in items:
        if HERE in item.path.parents and item.path.stem in ABOUT_PAGES:
            item.add_marker(pytest.mark.sqlite_only)
