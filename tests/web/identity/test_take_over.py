"""What somebody began before signing in is theirs afterwards."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from procedures import drafts, library
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.errors import NotFound
from procedures.models import AuditEvent
from web.identity.people import take_over

SPECS = Path("procedure_specs")


@pytest.fixture
def started(database: Database, now: datetime, people: object) -> str:
    """A draft of the visitor `browser`."""
    file = SPECS / "suido" / "water-service-start.yaml"
    concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
    with database.write() as session:
        found = library.publish(session, SYSTEM, now, file.read_text(encoding="utf-8"), str(file), concepts)
        return drafts.start(session, Actor("visitor", "browser"), now, found.procedure)


def test_the_draft_moves_to_the_person(database: Database, now: datetime, started: str, hanako: Actor) -> None:
    with database.write() as session:
        assert take_over(session, now, Actor("visitor", "browser"), hanako) == 1
    with database.read() as session:
        assert drafts.load(session, hanako, started).application_id == started
        with pytest.raises(NotFound):
            drafts.load(session, Actor("visitor", "browser"), started)
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()[-1] == "application.taken_over"


def test_nobody_elses_draft_moves(database: Database, now: datetime, started: str, taro: Actor) -> None:
    with database.write() as session:
        assert take_over(session, now, Actor("visitor", "another"), taro) == 0
    with database.read() as session, pytest.raises(NotFound):
        drafts.load(session, taro, started)
