"""Scopes are counted up to a limit, out of indexes that hold what the models say they hold."""

from datetime import date

import pytest
from sqlalchemy import inspect, select, text

from engine.lifecycle import FINAL, Status
from procedures import cases
from procedures.actors import Actor, posts
from procedures.cases import QueueFilter
from procedures.database import Database
from procedures.models import Application
from procedures.reading import counting, queues
from tests.procedures.conftest import Desk

TODAY = date(2026, 5, 1)


def test_more_than_the_limit_is_one_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        desk.received()
    counting._every_scope.cache_clear()
    for most, told in ((4, 4), (3, 4), (2, 3)):
        monkeypatch.setattr(counting, "MOST", most)
        with desk.database.read() as session:
            assert cases.counts(session, desk.people.sato, TODAY)["open"] == told
            assert counting.count(session, desk.people.sato, QueueFilter(TODAY, procedure_id="permit")) == told
            assert counting.count(session, desk.people.sato, QueueFilter(TODAY, procedure_id="proof")) == 0
        counting._every_scope.cache_clear()


def test_every_count_is_that_of_its_list(desk: Desk) -> None:
    desk.received()
    desk.claimed()
    desk.proposed()
    desk.submitted("permit", copies=1)
    desk.submitted("proof")
    offices = [{"*"}, {"shuzei-shomei"}, {"hokeniryo", "shuzei-shomei"}, {"elsewhere"}]
    for some in offices:
        actor = Actor("staff", "sato", "佐藤", posts({"clerk", "approver"}, some))
        with desk.database.read() as session:
            totals = cases.counts(session, actor, TODAY)
            lists = {scope: cases.queue(session, actor, QueueFilter(TODAY, scope)) for scope in queues.SCOPES}
        assert totals == {scope: len(rows) for scope, rows in lists.items()}


def test_partial_indexes_hold_what_is_asked_for(database: Database) -> None:
    """A status that the migration of an index does not know would be looked for without it: write another migration."""
    kind = f"{database.dialect}_where"
    known = {index["name"]: index["dialect_options"] for index in inspect(database.engine).get_indexes("application")}
    partial = [
        index for index in Application.__table__.indexes if index.dialect_options[database.dialect]["where"] is not None
    ]
    assert len(partial) == 12
    for index in partial:
        written = str(known[index.name][kind])
        wanted = {status for status in Status if f"'{status}'" in str(index.dialect_options[database.dialect]["where"])}
        assert wanted == {status for status in Status if f"'{status}'" in written}, index.name
        assert wanted in (set(), FINAL, set(Status) - FINAL - {Status.DRAFT})


@pytest.mark.parametrize("scope", ["open", "unassigned", "mine", "approval", "with_applicant", "late", "closed"])
def test_sqlite_finds_the_partial_index(database: Database, scope: queues.Scope) -> None:
    """It takes one by its very words only; compared with 1, they are others, and every case of the office is read."""
    if database.dialect != "sqlite":
        pytest.skip("PostgreSQL sees what follows from what")
    actor = Actor("staff", "sato", "佐藤", posts({"clerk"}, {"hokenjo"}))
    asked = select(counting._up_to_a_limit(queues.matching(actor, QueueFilter(TODAY, scope))))
    words = asked.compile(database.engine, compile_kwargs={"literal_binds": True})
    with database.read() as session:
        plan = " ".join(row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {words}")))
    wanted = (
        ("ix_application_office_over",) if scope == "closed" else ("ix_application_open", "ix_application_claimed_by")
    )
    assert any(name in plan for name in wanted), plan
