"""The ledger: balanced by its shape, written once, and never changed – the database itself sees to it."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from payments.ledger import BANK, SUSPENSE, AlreadyPosted, Entry, balances, post, reverse
from payments.ledger.posting import posting_of
from payments.models import LedgerPosting
from procedures.database import Database
from tests.payments.till import Till

DAY = date(2026, 5, 1)


def post_one(database: Database, now: datetime, source: str = "e1", yen: int = 700) -> int:
    entries = [Entry(BANK, SUSPENSE, yen), Entry(BANK, "fee:stripe", 1)]
    with database.write() as session:
        return post(session, now, "payout", source, entries, day=DAY, fiscal_year=2026)


def test_what_is_posted_stands_on_the_accounts(database: Database, now: datetime) -> None:
    post_one(database, now)
    with database.read() as session:
        assert balances(session) == {BANK: 701, SUSPENSE: -700, "fee:stripe": -1}
        assert balances(session, date(2026, 4, 30)) == {}


def test_an_event_is_posted_once(database: Database, now: datetime) -> None:
    post_one(database, now)
    with pytest.raises(AlreadyPosted):
        post_one(database, now)


def test_reversing_takes_back_all_of_it_once(database: Database, now: datetime) -> None:
    post_one(database, now)
    with database.write() as session:
        reverse(session, now, "reversal", "e1", day=DAY)
    with database.read() as session:
        assert set(balances(session).values()) == {0}
    with pytest.raises(AlreadyPosted), database.write() as session:
        reverse(session, now, "reversal", "e1", day=DAY)
    with pytest.raises(LookupError), database.write() as session:
        reverse(session, now, "reversal", "nothing", day=DAY)


def test_a_posting_says_what_it_is_about_and_what_it_takes_back(counter: Till) -> None:
    charge, later = counter.charge(counter.owing()).id, counter.now + timedelta(hours=1)
    entries, next_day = [Entry(BANK, SUSPENSE, 700)], date(2026, 5, 2)
    with counter.database.write() as session:
        for source in ("e1", "e2"):
            post(session, counter.now, "payout", source, entries, day=DAY, fiscal_year=2025, charge_id=charge)
        ids = [posting_of(session, source) for source in ("e1", "e2")]
        back = reverse(session, later, "undone", "e1", day=next_day)
        other = reverse(session, later, "undone", "e2", day=next_day, fiscal_year=2026)
        with pytest.raises(AlreadyPosted, match=r"^e1$"):
            post(session, later, "payout", "e1", entries, day=DAY, fiscal_year=2025)
        with pytest.raises(LookupError, match="nothing"):
            reverse(session, later, "undone", "nothing", day=DAY)
    with counter.database.read() as session:
        rows = {row.id: row for row in session.scalars(select(LedgerPosting).where(LedgerPosting.kind != "demand"))}
        said = {
            id: (row.kind, row.source, row.charge_id, row.at, row.day, row.fiscal_year, row.entry_count, row.reverses)
            for id, row in rows.items()
        }
    assert said == {
        ids[0]: ("payout", "e1", charge, counter.now, DAY, 2025, 1, None),
        ids[1]: ("payout", "e2", charge, counter.now, DAY, 2025, 1, None),
        back: ("undone", "reversal:e1", charge, later, next_day, 2025, 1, ids[0]),
        other: ("undone", "reversal:e2", charge, later, next_day, 2026, 1, ids[1]),
    }


@pytest.mark.parametrize("yen", [0, -5])
def test_an_entry_is_of_some_yen(database: Database, now: datetime, yen: int) -> None:
    with pytest.raises(DBAPIError):
        post_one(database, now, yen=yen)


def test_an_entry_is_between_two_accounts_that_exist(database: Database, now: datetime) -> None:
    for entry in (Entry(BANK, BANK, 1), Entry(BANK, "nowhere", 1)):
        with pytest.raises(DBAPIError), database.write() as session:
            post(session, now, "payout", "e1", [entry], day=DAY, fiscal_year=2026)


def test_a_posting_has_entries(database: Database, now: datetime) -> None:
    with pytest.raises(DBAPIError), database.write() as session:
        post(session, now, "payout", "e1", [], day=DAY, fiscal_year=2026)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET yen = 1",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_posting SET kind = 'x'",
        "DELETE FROM ledger_posting",
        "INSERT INTO ledger_entry SELECT id, 3, 'bank', 'suspense', 1 FROM ledger_posting",
        "INSERT INTO ledger_entry SELECT id, 0, 'bank', 'suspense', 1 FROM ledger_posting",
        "INSERT INTO ledger_entry VALUES (99, 1, 'bank', 'suspense', 1)",
        "UPDATE ledger_whole SET line = 1",
        "DELETE FROM ledger_whole",
        "UPDATE ledger_account SET kind = 'fee' WHERE code = 'bank'",
        "UPDATE ledger_account SET revenue_code = '1' WHERE code = 'bank'",
        "UPDATE ledger_account SET code = 'purse' WHERE code = 'bank'",
        "DELETE FROM ledger_account WHERE code = 'bank'",
    ],
)
def test_the_database_refuses_to_change_it(database: Database, now: datetime, statement: str) -> None:
    post_one(database, now)
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text(statement))
    with database.read() as session:
        assert balances(session)[BANK] == 701


@pytest.mark.sqlite_only
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.parametrize(
    "row",
    [
        "ledger_entry SELECT posting_id, line, debit, credit, 1 FROM ledger_entry WHERE line = 1",
        "ledger_posting SELECT id, kind, source, charge_id, at, day, 1999, entry_count, reverses FROM ledger_posting",
        "ledger_posting SELECT 77, kind, source, charge_id, at, day, 1999, 1, reverses FROM ledger_posting",
        "ledger_whole SELECT posting_id, 1 FROM ledger_whole",
    ],
)
def test_no_row_is_replaced(database: Database, now: datetime, how: str, row: str) -> None:
    """REPLACE takes rows away without asking the triggers that refuse DELETE."""
    post_one(database, now)
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text(f"{how} INTO {row}"))
    with database.read() as session:
        assert balances(session)[BANK] == 701
        assert session.execute(text("SELECT fiscal_year FROM ledger_posting")).scalars().all() == [2026]


@pytest.mark.postgresql_only
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_posting", "ledger_whole"])
def test_it_cannot_be_emptied_either(database: Database, now: datetime, table: str) -> None:
    post_one(database, now)
    with pytest.raises(DBAPIError), database.write() as session:
        session.execute(text(f"TRUNCATE {table} CASCADE"))


POSTING = (
    "INSERT INTO ledger_posting (id, kind, source, at, day, fiscal_year, entry_count) "
    "VALUES (50, 'x', 'half', '2026-05-01 01:00:00+00:00', '2026-05-01', 2026, 2)"
)


ENTRY = text("INSERT INTO ledger_entry VALUES (50, :line, 'bank', 'suspense', 5)")


def write_by_hand(database: Database, lines: list[int]) -> None:
    with database.write() as session:
        session.execute(text(POSTING))
        for line in lines:
            session.execute(ENTRY, {"line": line})


@pytest.mark.parametrize("lines", [[], [1], [2], [2, 1], [1, 2, 3]])
def test_half_a_posting_does_not_outlive_its_transaction(database: Database, lines: list[int]) -> None:
    """What is missing would make it unbalanced against what it stands for: the commit itself is refused."""
    with pytest.raises(DBAPIError):
        write_by_hand(database, lines)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM ledger_posting")).scalar_one() == 0


def test_a_whole_posting_written_by_hand_stays(database: Database) -> None:
    write_by_hand(database, [1, 2])
    with database.read() as session:
        assert balances(session)[BANK] == 10
