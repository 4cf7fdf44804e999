"""The audit chain is one, whole, and shows every change."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from procedures import audit
from procedures.actors import SYSTEM, Actor
from procedures.database import Database
from procedures.models import AuditEvent

THAW = {
    "sqlite": ["DROP TRIGGER audit_event_no_UPDATE", "DROP TRIGGER audit_event_no_DELETE"],
    "postgresql": ["ALTER TABLE audit_event DISABLE TRIGGER USER"],
}


def add(database: Database, now: datetime, count: int, actor: Actor = SYSTEM) -> None:
    for number in range(count):
        with database.write() as session:
            audit.record(session, actor, now, "look", f"case-{number}", ["name"], None)


def tamper(database: Database, statement: str) -> list[audit.Fault]:
    """What the doctor sees after somebody with full rights changed the table."""
    with database.write() as session:
        for thawing in THAW[database.dialect]:
            session.execute(text(thawing))
        session.execute(text(statement))
    with database.read() as session:
        return audit.verify(session)


def test_an_empty_chain_is_whole(database: Database) -> None:
    with database.read() as session:
        assert audit.verify(session) == []


def test_links_continue_each_other(database: Database, now: datetime, hanako: Actor) -> None:
    add(database, now, 3, hanako)
    with database.read() as session:
        links = session.execute(select(AuditEvent).order_by(AuditEvent.seq)).scalars().all()
        assert [link.seq for link in links] == [1, 2, 3]
        assert links[1].previous == links[0].hash
        assert links[0].actor == "person:hanako"
        assert audit.verify(session) == []


def test_a_rolled_back_change_leaves_no_gap(database: Database, now: datetime) -> None:
    def change() -> None:
        with database.write() as session:
            audit.record(session, SYSTEM, now, "look", "case")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    add(database, now, 1)
    with database.read() as session:
        assert audit.verify(session) == []


@pytest.mark.parametrize("verb", ["UPDATE audit_event SET note = 'x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_a_link(database: Database, now: datetime, verb: str) -> None:
    add(database, now, 1)
    with pytest.raises(DBAPIError, match="append-only"), database.write() as session:
        session.execute(text(verb))


def test_a_changed_link_is_found(database: Database, now: datetime) -> None:
    add(database, now, 3)
    assert tamper(database, "UPDATE audit_event SET actor = 'person:x' WHERE seq = 2") == [audit.Fault(2, "changed")]


def test_a_removed_link_is_found(database: Database, now: datetime) -> None:
    add(database, now, 3)
    assert tamper(database, "DELETE FROM audit_event WHERE seq = 2") == [audit.Fault(2, "missing")]


def test_a_link_forged_with_its_hash_is_found_by_the_next(database: Database, now: datetime) -> None:
    add(database, now, 3)
    with database.read() as session:
        link = session.execute(select(AuditEvent.__table__).where(AuditEvent.seq == 2)).one()._asdict()
    forged = audit._hash({**link, "note": "x"})
    changed = f"UPDATE audit_event SET note = 'x', hash = '{forged}' WHERE seq = 2"  # noqa: S608 - our own hash
    assert tamper(database, changed) == [audit.Fault(3, "unlinked")]


def test_a_head_of_another_hash_is_found(database: Database, now: datetime) -> None:
    add(database, now, 2)
    assert tamper(database, "UPDATE audit_head SET hash = 'x'") == [audit.Fault(2, "cut")]


def test_a_link_says_all_of_it_and_its_hash_is_over_all(database: Database, now: datetime, hanako: Actor) -> None:
    """Written out, since a log of ten years is verified by the code of then."""
    at = datetime.fromisoformat("2026-05-01T10:00:00+09:00")
    with database.write() as session:
        assert audit.record(session, hanako, at, "look", "case", ("name", "file"), "a note") == 1
    with database.read() as session:
        link = session.execute(select(AuditEvent.__table__)).one()._asdict()
    said = {
        "action": "look", "actor": "person:hanako", "at": "2026-05-01T01:00:00+00:00", "field_ids": ["name", "file"],
        "note": "a note", "object_id": "case", "previous": "0" * 64, "seq": 1,
    }  # fmt: skip
    assert {**link, "at": link["at"].isoformat()} == {**said, "hash": link["hash"]}
    written = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert link["hash"] == sha256(written.encode()).hexdigest()


def test_a_cut_off_end_is_found(database: Database, now: datetime) -> None:
    add(database, now, 3)
    assert tamper(database, "DELETE FROM audit_event WHERE seq = 3") == [audit.Fault(3, "cut")]


def test_writers_at_once_never_fork_the_chain(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: add(database, now, 10), range(6)))
    with database.read() as session:
        assert audit.verify(session) == []
        assert session.execute(text("SELECT max(seq) FROM audit_event")).scalar_one() == 60


@given(
    action=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    note=st.none() | st.just("髙 𠮷 葛󠄀"),
)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_recorded_verifies(database: Database, now: datetime, action: str, note: str | None) -> None:
    with database.write() as session:
        audit.record(session, SYSTEM, now, action, "case", ["a", "b"], note)
        assert audit.verify(session) == []


WRITER = """
import sys
from datetime import UTC, datetime
from procedures import audit
from procedures.actors import SYSTEM
from procedures.database import open_database

database = open_database(sys.argv[1], processes=3)
for number in range(10):
    with database.write() as session:
        audit.record(session, SYSTEM, datetime(2026, 5, 1, tzinfo=UTC), "look", f"case-{number}")
"""


def test_processes_at_once_never_fork_the_chain(database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, url]) for _ in range(3)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with database.read() as session:
        assert audit.verify(session) == []
        assert session.execute(text("SELECT max(seq) FROM audit_event")).scalar_one() == 30
