"""Nothing is posted on a closed day: it goes to the first open one, and the database itself holds to it."""

from datetime import date, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from payments.closing import last_closed, open_day
from payments.ledger import BANK, SUSPENSE, Entry, post, reverse
from payments.models import ClosingHead, DayClosing, LedgerPosting
from procedures.database import Database

DAY = date(2026, 5, 1)


def shut(database: Database, now: datetime, day: date = DAY) -> None:
    """Close `day`, without figures."""
    with database.write() as session:
        row = {"day": day, "closed_at": now, "closed_by": "person:tanaka", "figures": {}, "previous": "0", "hash": "1"}
        session.execute(insert(DayClosing), [row])
        session.execute(update(ClosingHead.__table__).values(day=day))


def days_of_postings(database: Database) -> list[date]:
    with database.read() as session:
        return list(session.scalars(select(LedgerPosting.day).order_by(LedgerPosting.id)))


def test_while_nothing_is_closed_every_day_is_open(database: Database) -> None:
    with database.write() as session:
        assert last_closed(session) is None
        assert open_day(session, date(2000, 1, 1)) == date(2000, 1, 1)


@pytest.mark.parametrize(("happened", "posted"), [(-400, 1), (-1, 1), (0, 1), (1, 1), (2, 2), (40, 40)])
def test_what_is_told_late_is_posted_on_the_first_open_day(
    database: Database, now: datetime, happened: int, posted: int
) -> None:
    shut(database, now)
    with database.write() as session:
        day = DAY + timedelta(days=happened)
        post(session, now, "payout", "e1", [Entry(BANK, SUSPENSE, 7)], day=day, fiscal_year=2026)
    assert days_of_postings(database) == [DAY + timedelta(days=posted)]


def test_what_was_posted_before_the_closing_is_taken_back_after_it(database: Database, now: datetime) -> None:
    with database.write() as session:
        post(session, now, "payout", "e1", [Entry(BANK, SUSPENSE, 7)], day=DAY, fiscal_year=2026)
    shut(database, now)
    with database.write() as session:
        reverse(session, now, "reversal", "e1", day=DAY)
    assert days_of_postings(database) == [DAY, DAY + timedelta(days=1)]


@pytest.mark.parametrize("day", ["2026-05-01", "2026-04-30"])
def test_the_database_refuses_a_posting_on_a_closed_day(database: Database, now: datetime, day: str) -> None:
    shut(database, now)
    row = {"kind": "payout", "source": "e1", "at": now, "day": date.fromisoformat(day), "fiscal_year": 2026}
    with pytest.raises(DBAPIError, match="closed"), database.write() as session:
        session.execute(insert(LedgerPosting.__table__), {**row, "entry_count": 1})


@pytest.mark.parametrize("statement", ["UPDATE day_closing SET hash = 'x'", "DELETE FROM day_closing"])
def test_the_database_refuses_to_open_a_day_again(database: Database, now: datetime, statement: str) -> None:
    shut(database, now)
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text(statement))


@pytest.mark.postgresql_only
def test_closings_cannot_be_emptied_either(database: Database, now: datetime) -> None:
    shut(database, now)
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text("TRUNCATE day_closing"))


def test_a_day_is_not_closed_under_somebody_who_posts_on_it(database: Database, now: datetime) -> None:
    """Who closes waits for the posting; who posts afterwards sees the closed day."""
    closer = Thread(target=shut, args=(database, now))
    with database.write() as session:
        assert open_day(session, DAY) == DAY
        closer.start()
        closer.join(0.3)
        assert closer.is_alive()
        post(session, now, "payout", "e1", [Entry(BANK, SUSPENSE, 7)], day=DAY, fiscal_year=2026)
    closer.join(5)
    assert not closer.is_alive()
    with database.write() as session:
        assert open_day(session, DAY) == DAY + timedelta(days=1)
    assert days_of_postings(database) == [DAY]
