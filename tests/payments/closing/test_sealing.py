"""Closing a day: in order, once, with a reason where something does not match, whole ever after."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from payments import doctor
from payments.closing import last_closed
from payments.closing.checking import verify
from payments.closing.ordering import close
from payments.closing.reading import closed, closed_between
from payments.closing.sealing import AlreadyClosed, NotOver, OpenDaysBefore, Unresolved, next_to_close, seal
from payments.discrepancies import note
from payments.ledger import BANK, SUSPENSE, Entry, post
from payments.models import DayClosing, Discrepancy
from procedures.actors import Actor, posts
from procedures.database import Database
from procedures.models import AuditEvent, Person
from tests.payments.closing import world

MONDAY = date(2026, 4, 27)
TODAY = date(2026, 5, 1)
TANAKA = Actor("staff", "tanaka", "田中 会計", posts({"finance"}, {"*"}))


@pytest.fixture
def books(database: Database, now: datetime) -> Database:
    """Charges of Monday and Wednesday, one of them paid on Wednesday."""
    with database.write() as session:
        session.add(Person(id="tanaka", name="田中 会計", issuer="i", subject="tanaka", created_at=now, seen_at=now))
        world.found_bureaus(session, now)
        paid = world.demand(session, 1, MONDAY, "1201-03", "hokeniryo", 3000)
        world.demand(session, 2, MONDAY + timedelta(days=2), "1305-01", "toshi", 90_000)
        world.pay(session, paid, MONDAY + timedelta(days=2), "card")
    return database


def days_closed(database: Database) -> list[date]:
    with database.read() as session:
        return list(session.scalars(select(DayClosing.day).order_by(DayClosing.day)))


def mismatch(session: Session, now: datetime) -> None:
    note(session, now - timedelta(days=9), "not_recorded", "txn_1", "-", "999", None)


def test_a_day_is_closed_with_its_sheet_and_its_name(books: Database, now: datetime) -> None:
    assert close(books, TANAKA, now, MONDAY) == [MONDAY]
    with books.read() as session:
        kept = closed(session, MONDAY)
        assert last_closed(session) == MONDAY
        assert closed(session, TODAY) is None
        assert [row.object_id for row in session.scalars(select(AuditEvent)) if row.action == "day.close"] == [
            str(MONDAY)
        ]
    assert kept is not None
    assert (kept.closed_by, kept.closed_at, kept.reason, kept.waiting) == ("田中 会計", now, None, ())
    assert [(line.account, line.demanded, line.closing) for line in kept.sheet.lines] == [("1201-03", 3000, 3000)]


@pytest.mark.parametrize("again", [MONDAY, MONDAY - timedelta(days=1), MONDAY - timedelta(days=400)])
def test_a_closed_day_is_not_closed_again(books: Database, now: datetime, again: date) -> None:
    close(books, TANAKA, now, MONDAY)
    for in_order in (False, True):
        with pytest.raises(AlreadyClosed):
            close(books, TANAKA, now, again, in_order=in_order)
    assert days_closed(books) == [MONDAY]


@pytest.mark.parametrize(
    ("moment", "over"),
    [
        (datetime(2026, 4, 27, 14, 59, tzinfo=UTC), False),  # 23:59 in Tokyo
        (datetime(2026, 4, 27, 15, 0, tzinfo=UTC), True),  # midnight
    ],
)
def test_a_day_is_closed_when_it_is_over_in_tokyo(books: Database, moment: datetime, over: bool) -> None:
    if over:
        assert close(books, TANAKA, moment, MONDAY) == [MONDAY]
        return
    with pytest.raises(NotOver):
        close(books, TANAKA, moment, MONDAY, in_order=True)


def test_days_are_closed_in_order(books: Database, now: datetime) -> None:
    with pytest.raises(OpenDaysBefore) as stopped:
        close(books, TANAKA, now, MONDAY + timedelta(days=3))
    assert stopped.value.day == MONDAY
    everything = [MONDAY + timedelta(days=n) for n in range(4)]
    assert close(books, TANAKA, now, everything[-1], in_order=True) == everything
    with books.read() as session:
        assert next_to_close(session, TODAY) is None
        assert next_to_close(session, TODAY + timedelta(days=1)) == TODAY
        assert [row.day for row in closed_between(session, MONDAY, TODAY)] == everything
        assert doctor.run(session) == []


def test_what_does_not_match_needs_a_reason_and_stands_on_the_sheet(books: Database, now: datetime) -> None:
    with books.write() as session:
        mismatch(session, now)
    for reason in (None, ""):
        with pytest.raises(Unresolved) as stopped:
            close(books, TANAKA, now, MONDAY, reason)
        assert [one.provider_object for one in stopped.value.open_ones] == ["txn_1"]
    close(books, TANAKA, now, MONDAY, "銀行に照会中のため")
    with books.write() as session:
        session.execute(Discrepancy.__table__.update().values(resolved_at=now))
    with books.read() as session:
        kept = closed(session, MONDAY)
    assert kept is not None
    assert kept.reason == "銀行に照会中のため"
    assert [(one.kind, one.subject, one.found_on) for one in kept.waiting] == [("not_recorded", "txn_1", "2026-04-22")]


def test_what_comes_late_is_on_the_next_day_and_the_sealed_day_stays(books: Database, now: datetime) -> None:
    close(books, TANAKA, now, MONDAY)
    with books.write() as session:
        post(session, now, "suspense", "late", [Entry(BANK, SUSPENSE, 77)], day=MONDAY, fiscal_year=2026)
    close(books, TANAKA, now, MONDAY + timedelta(days=1))
    with books.read() as session:
        first, second = closed(session, MONDAY), closed(session, MONDAY + timedelta(days=1))
        assert list(verify(session)) == []
    assert first is not None
    assert second is not None
    assert [line.code for line in first.sheet.accounts] == []
    assert [(line.code, line.closing) for line in second.sheet.accounts] == [("bank", 77), ("suspense", -77)]


TAMPERING = {
    "changed": "UPDATE day_closing SET closed_by = 'system' WHERE day = '2026-04-28'",
    "missing": "DELETE FROM day_closing WHERE day = '2026-04-28'",
    "cut": "DELETE FROM day_closing WHERE day = '2026-04-29'",
    "unlinked": "UPDATE day_closing SET previous = 'x', hash = 'y' WHERE day = '2026-04-27'",
    "differs": "UPDATE ledger_entry SET yen = yen + 1 WHERE debit = 'receivable:1201-03'",
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("fault", TAMPERING)
def test_the_doctor_finds_what_was_tampered_with(books: Database, now: datetime, fault: str) -> None:
    close(books, TANAKA, now, MONDAY + timedelta(days=2), in_order=True)
    with books.write() as session:
        for name in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
        session.execute(text(TAMPERING[fault]))
    with books.read() as session:
        found = {finding.check for finding in doctor.run(session)}
    assert f"money.closing_{fault}" in found
    assert "table_not_frozen" in {check.rpartition(".")[2] for check in found}


def test_two_people_close_a_day_once(books: Database, now: datetime) -> None:
    with books.write() as session:
        seal(session, TANAKA, now, MONDAY)
    with pytest.raises(AlreadyClosed), books.write() as session:
        seal(session, TANAKA, now, MONDAY)
