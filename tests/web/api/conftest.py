"""A system that may use the API."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from procedures import library
from procedures.actors import Actor
from procedures.database import Database
from tests.web.api.system import System, registered


@pytest.fixture
def system(app: Flask, database: Database, now: datetime, people: object) -> Callable[..., System]:
    """`system()` may do everything; `system(scopes=[…], offices=[…])` less."""

    def open_system(**wanted: Any) -> System:
        return System(app, *registered(database, now, **wanted))

    return open_system


SPECS = Path(__file__).parents[2] / "procedures" / "specs"


@pytest.fixture
def permit(database: Database, now: datetime, kimura: Actor) -> str:
    """A procedure with a fee and a paper that one may add."""
    concepts = (Path(__file__).parents[3] / "procedure_specs" / "concepts.yaml").read_text()
    with database.write() as session:
        source = (SPECS / "permit.yaml").read_text()
        return library.publish(session, kimura, now, source, "permit.yaml", concepts).procedure.id
