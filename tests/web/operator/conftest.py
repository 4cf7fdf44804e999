"""An operator."""

import pytest

from procedures.actors import Actor
from procedures.database import Database
from procedures.models import StaffRole


@pytest.fixture
def operator(database: Database, people: dict[str, Actor]) -> str:
    """Kimura looks after the service, too."""
    with database.write() as session:
        session.add(StaffRole(person_id="kimura", role="operator", office="*"))
    return "kimura"
