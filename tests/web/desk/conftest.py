"""People in unusual places."""

from datetime import datetime

import pytest

from procedures.actors import Actor
from procedures.database import Database
from procedures.models import Person, StaffRole


@pytest.fixture
def narrowed(database: Database, people: dict[str, Actor]) -> None:
    """Sato and Suzuki serve the dog office only."""
    with database.write() as session:
        for role in session.query(StaffRole).filter(StaffRole.person_id.in_(["sato", "suzuki"])):
            role.office = "hokenjo"


@pytest.fixture
def both_roles(database: Database, people: dict[str, Actor]) -> None:
    """Sato is an approver, too."""
    with database.write() as session:
        session.add(StaffRole(person_id="sato", role="approver", office="*"))


@pytest.fixture
def rival(database: Database, people: dict[str, Actor], now: datetime) -> None:
    """Another clerk and approver."""
    with database.write() as session:
        session.add(
            Person(
                id="rival", issuer="https://issuer.test", subject="rival", name="高橋 主任", created_at=now, seen_at=now
            )
        )
        session.flush()
        session.add_all(StaffRole(person_id="rival", role=role, office="*") for role in ("clerk", "approver"))
