"""An application on a fresh database, and browsers for the people of the tests."""

from collections.abc import Callable, Iterator
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


# Where what a page does depends on how a database locks, sorts, searches or comes back; all others run on SQLite alone,
# and what lies below the pages is tried on both in tests/procedures and tests/payments.
ON_BOTH = frozenset(
    {
        *(
            "test_journey",
            "test_submitting",
            "test_killed",
            "test_unsent",
            "test_take_over",
            "test_sessions",
            "test_people",
        ),
        *("test_deciding", "test_batches", "test_export", "test_filters", "test_office", "test_looks", "test_fetching"),
        *("test_refund_pages", "test_worker", "test_clients"),
    }
)


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makemodule() -> Iterator[object]:
    """These run on SQLite alone."""
    module = yield
    if module.path.stem not in ON_BOTH:
        module.add_marker(pytest.mark.sqlite_only)
    return module
