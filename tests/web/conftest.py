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
    """The whole application."""
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
