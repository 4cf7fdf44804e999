"""The fiscal year of what is demanded, paid and taken back around the end of a year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from payments import doctor
from payments.jobs import periodic
from payments.ledger import year_of_receipt
from payments.ledger.years import closing_day
from payments.models import Charge, LedgerEntry, LedgerPosting
from payments.sweep import sweep
from procedures.days import fiscal_year
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

MARCH = datetime(2027, 3, 20, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("demanded", "paid", "year"),
    [
        (2026, date(2026, 4, 1), 2026),
        (2026, date(2027, 3, 31), 2026),
        (2026, date(2027, 4, 1), 2026),
        (2026, date(2027, 5, 31), 2026),
        (2026, date(2027, 6, 1), 2027),
        (2026, date(2028, 3, 31), 2027),
        (2026, date(2028, 4, 1), 2028),
        (2025, date(2026, 5, 31), 2025),
    ],
)
def test_a_receipt_belongs_to_the_demands_year_until_its_books_close(demanded: int, paid: date, year: int) -> None:
    assert year_of_receipt(demanded, paid) == year


@given(st.dates(date(2020, 4, 1), date(2040, 3, 31)), st.integers(0, 1500))
def test_a_year_is_the_demands_or_the_running_one(demanded: date, after: int) -> None:
    day = demanded + timedelta(days=after)
    year = year_of_receipt(fiscal_year(demanded), day)
    assert year in {fiscal_year(demanded), fiscal_year(day)}
    assert day <= closing_day(year), "nothing is booked to a year whose books are closed"


def by_year(till: Till) -> dict[tuple[int, str], int]:
    """Debits minus credits by fiscal year and account, without zeroes."""
    totals: dict[tuple[int, str], int] = {}
    with till.database.read() as session:
        for column, sign in ((LedgerEntry.debit, 1), (LedgerEntry.credit, -1)):
            query = select(LedgerPosting.fiscal_year, column, func.sum(LedgerEntry.yen))
            query = query.join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
            for year, code, yen in session.execute(query.group_by(LedgerPosting.fiscal_year, column)):
                totals[year, code] = totals.get((year, code), 0) + sign * int(yen)
    return {key: yen for key, yen in totals.items() if yen}


def demanded_in_march(till: Till, provider: ScriptedProvider, *, due: date = date(2027, 7, 31)) -> str:
    """A charge of 1,000 yen demanded on 20 March 2027, payable for long."""
    till.now = provider.now = till.desk.now = MARCH
    application_id = till.owing()
    with till.database.write() as session:
        moment = datetime(due.year, due.month, due.day, 15, tzinfo=UTC)
        session.execute(update(Charge).values(due_on=due, due_at=moment))
    return application_id


def pay_on(till: Till, provider: ScriptedProvider, application_id: str, moment: datetime) -> None:
    till.now = provider.now = moment
    provider.pay(str(till.open(application_id).url).rpartition("/")[2])
    till.later(minutes=11)
    sweep(till.database, provider, till.now)


def carry(till: Till) -> object:
    """What the worker does every hour."""
    (work,) = [work for work in periodic(till.provider) if work.name == "payment.carry"]
    return work.run(till.database, till.now)


@pytest.mark.parametrize("late", [datetime(2027, 4, 10, 1, tzinfo=UTC), datetime(2027, 5, 31, 14, 59, tzinfo=UTC)])
def test_paid_while_the_old_years_books_are_open(counter: Till, scripted: ScriptedProvider, late: datetime) -> None:
    application_id = demanded_in_march(counter, scripted)
    counter.now = late
    assert carry(counter) == 0, "the books are open still"
    pay_on(counter, scripted, application_id, late - timedelta(minutes=1))
    assert by_year(counter) == {(2026, "provider:stripe"): 1000, (2026, "revenue:1201-03"): -1000}
    counter.is_sound()


@pytest.mark.parametrize("carried_before", [True, False])
def test_paid_after_the_books_closed(counter: Till, scripted: ScriptedProvider, carried_before: bool) -> None:
    application_id = demanded_in_march(counter, scripted)
    june = datetime(2027, 5, 31, 15, tzinfo=UTC)
    if carried_before:
        counter.now = june
        assert carry(counter) == 1
        assert by_year(counter) == {
            (2026, "carried:1201-03"): 1000,
            (2026, "revenue:1201-03"): -1000,
            (2027, "receivable:1201-03"): 1000,
            (2027, "carried:1201-03"): -1000,
        }
    pay_on(counter, scripted, application_id, june)
    carry(counter)
    assert counter.postings() == ["demand", "carry_out", "carry_in", "receipt"], "carried once"
    assert by_year(counter) == {
        (2026, "carried:1201-03"): 1000,
        (2026, "revenue:1201-03"): -1000,
        (2027, "carried:1201-03"): -1000,
        (2027, "provider:stripe"): 1000,
    }
    assert counter.balances() == {"provider:stripe": 1000, "revenue:1201-03": -1000}
    counter.is_sound()


def test_carried_again_a_year_later(counter: Till, scripted: ScriptedProvider) -> None:
    demanded_in_march(counter, scripted, due=date(2028, 12, 31))
    for year in (2027, 2028):
        counter.now = datetime(year, 6, 1, 1, tzinfo=UTC)
        for _ in range(2):
            assert carry(counter) == 1
    assert counter.postings() == ["demand", *["carry_out", "carry_in"] * 2]
    standing = by_year(counter)
    assert standing[2028, "receivable:1201-03"] == 1000
    assert (2027, "receivable:1201-03") not in standing
    counter.is_sound()


def test_taken_back_after_the_books_closed(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = demanded_in_march(counter, scripted)
    counter.now = scripted.now = datetime(2027, 6, 2, 1, tzinfo=UTC)
    counter.withdraw(application_id)
    assert counter.postings() == ["demand", "carry_out", "carry_in", "cancel"]
    assert by_year(counter) == {
        (2026, "carried:1201-03"): 1000,
        (2026, "revenue:1201-03"): -1000,
        (2027, "carried:1201-03"): -1000,
        (2027, "revenue:1201-03"): 1000,
    }
    counter.is_sound()


def test_the_data_check_finds_nothing_wrong_with_a_carried_claim(counter: Till, scripted: ScriptedProvider) -> None:
    demanded_in_march(counter, scripted)
    counter.now = datetime(2027, 6, 1, 1, tzinfo=UTC)
    carry(counter)
    with counter.database.read() as session:
        assert doctor.run(session) == []
