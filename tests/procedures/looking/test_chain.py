"""Looks: written in a chain that tells when one was changed, cut off or left out; read by an auditor alone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from procedures import looking
from procedures.actors import Actor, posts
from procedures.database import Database
from procedures.errors import NotFound
from procedures.looking import Seen
from procedures.looking.reading import A_PAGE
from procedures.models import Look, LookHead

AUDITOR = Actor("staff", "noda", "野田", posts({"auditor"}, {"*"}))


@pytest.fixture
def written(database: Database, people: dict[str, Actor], now: datetime) -> Database:
    with database.write() as session:
        looking.record(session, people["sato"], now, "case-1", "case")
    with database.write() as session:
        more = [Seen("case-1", "attachment", "file-1"), Seen("case-2", "case")]
        looking.record_all(session, people["suzuki"], now + timedelta(minutes=1), more)
        looking.record_all(session, people["suzuki"], now, [])
    return database


def test_looks_are_a_chain_that_nobody_changes(written: Database) -> None:
    with written.read() as session:
        assert looking.verify(session) == []
        assert session.scalars(select(Look.seq).order_by(Look.seq)).all() == [1, 2, 3]
    for change in (update(Look).values(actor="person:taro"), delete(Look)):
        with pytest.raises(DBAPIError, match="append-only"), written.write() as session:
            session.execute(change)


@pytest.mark.sqlite_only
def test_what_was_done_to_the_chain_is_found(written: Database) -> None:
    with written.write() as session:
        for verb in ("UPDATE", "DELETE"):
            session.execute(text(f"DROP TRIGGER look_no_{verb}"))
        session.execute(update(Look).where(Look.seq == 1).values(actor="person:taro"))
        assert looking.verify(session) == [1]
        session.execute(delete(Look).where(Look.seq == 1))
        assert looking.verify(session) == [2]
        session.execute(update(LookHead).values(seq=4))
        assert looking.verify(session) == [2, 4]


@pytest.mark.sqlite_only
def test_an_auditor_reads_them_by_case_and_by_person(written: Database, people: dict[str, Actor]) -> None:
    with written.read() as session:
        found = looking.looks(session, AUDITOR)
        assert [(one.who, one.application_id, one.what, one.object_id) for one in found] == [
            (people["suzuki"].name, "case-2", "case", None),
            (people["suzuki"].name, "case-1", "attachment", "file-1"),
            (people["sato"].name, "case-1", "case", None),
        ]
        assert [one.seq for one in looking.looks(session, AUDITOR, case="case-1")] == [2, 1]
        assert [one.seq for one in looking.looks(session, AUDITOR, person=people["sato"].name)] == [1]
        assert [one.seq for one in looking.looks(session, AUDITOR, person="person:suzuki")] == [3, 2]
        assert [one.seq for one in looking.looks(session, AUDITOR, before=3, case="case-1", person="nobody")] == []
        assert [one.seq for one in looking.looks(session, AUDITOR, before=2)] == [1]
        for other in ("sato", "suzuki", "tanaka", "kimura", "hanako"):
            with pytest.raises(NotFound):
                looking.looks(session, people[other])


@pytest.mark.sqlite_only
def test_a_page_tells_that_there_are_more(database: Database, people: dict[str, Actor], now: datetime) -> None:
    with database.write() as session:
        looking.record_all(session, people["sato"], now, [Seen("case", "export")] * (A_PAGE + 5))
        first = looking.looks(session, AUDITOR)
        assert len(first) == A_PAGE + 1
        assert len(looking.looks(session, AUDITOR, before=first[A_PAGE - 1].seq)) == 5
        assert looking.verify(session) == []
