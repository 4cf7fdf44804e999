"""Applications that stand for many tests: their routes are the same each time, what they work on is a test's own."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from procedures.database import Database
from web import create_app
from web.services import Overrides
from web.settings import Settings
from web.wiring import services_of

_STANDING: list[tuple[Settings, Flask]] = []


def standing_app(settings: Settings, database: Database, overrides: Overrides) -> Flask:
    """The application for these settings, put together once a process, with adapters made anew.

    A test that changes the application itself makes its own with `create_app`.
    """
    alike = replace(settings, data_dir=Path())
    app = next((app for known, app in _STANDING if known == alike), None)
    if app is None:
        app = create_app(settings, database, overrides)
        _STANDING.append((alike, app))
    app.extensions["tetsuzuki"] = services_of(settings, database, overrides)
    return app
