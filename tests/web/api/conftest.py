"""A system that may use the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from procedures.database import Database
from tests.web.api.system import System, registered


@pytest.fixture
def system(app: Flask, database: Database, now: datetime, people: object) -> Callable[..., System]:
    """`system()` may do everything; `system(scopes=[…], offices=[…])` less."""

    def open_system(**wanted: Any) -> System:
        return System(app, *registered(database, now, **wanted))

    return open_system
