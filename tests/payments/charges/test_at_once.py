"""Several people and workers at the same moment, on a case with several charges; and charges of several years."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from payments.charges import NothingToPay, Opened, lapse_overdue
from payments.models import Checkout, LedgerPosting
from payments.providers import ProviderRefused
from tests.payments.charges.test_differences import correct
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_paid_and_over import paid
from tests.payments.test_races import settle, together
from tests.payments.till import Till

FEE, MORE = 1000, 700


def click(till: Till, case: str) -> Opened | str:
    try:
        return till.open(case)
    except NothingToPay:
        return "look again"


def alive(till: Till) -> list[Checkout]:
    with till.database.read() as session:
        return list(session.scalars(select(Checkout).where(Checkout.status.in_(("opening", "open")))))


@pytest.mark.parametrize("turn", range(3))
def test_five_clicks_open_one_page_for_all(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    case = counter.owing()
    counter.further(case, MORE)
    together(*[lambda: click(counter, case)] * 5)
    counter.page(case)
    (one,) = alive(counter)
    assert scripted.states[str(one.session_id)].yen == FEE + MORE


@pytest.mark.parametrize("turn", range(3))
def test_demanded_while_a_page_opens(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    """Whichever is first: afterwards one page is open, and it is for both."""
    case = counter.owing()
    counter.page(case)
    together(lambda: counter.further(case, MORE), lambda: click(counter, case), lambda: click(counter, case))
    page = counter.page(case)
    assert scripted.states[page].yen == FEE + MORE
    assert [one.session_id for one in alive(counter)] == [page]


@pytest.mark.parametrize("turn", range(3))
def test_six_workers_split_one_payment_once(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    case = counter.owing()
    counter.further(case, MORE)
    page = counter.page(case)
    scripted.pay(page)
    together(*[lambda: settle(counter, scripted, page)] * 6)
    assert sum(counter.shares().values()) == FEE + MORE
    assert counter.postings() == ["demand", "demand", "receipt", "receipt"]
    counter.is_sound()


@pytest.mark.parametrize("turn", range(3))
def test_lapsed_and_paid_at_once_is_all_or_nothing(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    case = counter.owing()
    counter.further(case, MORE)
    page = counter.page(case)
    scripted.pay(page)
    counter.now = counter.charges(case)[0].due_at + timedelta(hours=2)
    together(lambda: lapse_overdue(counter.database, scripted, counter.now), lambda: settle(counter, scripted, page))
    assert [charge.status for charge in counter.charges(case)] == ["paid", "paid"], "the provider is asked first"
    counter.is_sound()


@pytest.mark.parametrize("turn", range(3))
def test_corrected_again_while_the_difference_is_paid(counter: Till, scripted: ScriptedProvider, turn: int) -> None:
    """Either the difference was paid first and the next one is for the rest, or the money waits for a person."""
    case = paid(counter, scripted)
    counter.later(minutes=1)
    correct(counter, case, 5)
    page = counter.page(case)
    scripted.pay(page)
    counter.later(minutes=1)
    together(lambda: correct(counter, case, 6), lambda: settle(counter, scripted, page))
    found = [(charge.status, charge.yen) for charge in counter.charges(case)]
    assert (found, counter.discrepancies()) in (
        ([("paid", 1000), ("paid", 1500), ("demanded", 500)], []),
        ([("paid", 1000), ("cancelled", 1500), ("demanded", 2000)], ["paid_after_withdrawal"]),
    )
    counter.is_sound()


def test_charges_of_two_years_are_posted_to_their_own(counter: Till, scripted: ScriptedProvider) -> None:
    """Demanded on either side of 1 April and paid together: each receipt is of the year of its demand."""
    counter.now = scripted.now = datetime(2027, 3, 31, 3, tzinfo=UTC)
    case = counter.owing()
    counter.later(days=1)
    counter.further(case, MORE)
    scripted.now = counter.now
    page = counter.page(case)
    scripted.pay(page)
    counter.tell(page)
    with counter.database.read() as session:
        rows = session.scalars(select(LedgerPosting).where(LedgerPosting.kind == "receipt").order_by(LedgerPosting.id))
        assert [row.fiscal_year for row in rows] == [2026, 2027]
    assert [charge.fiscal_year for charge in counter.charges(case)] == [2026, 2027]
    counter.is_sound()


def test_a_page_that_cannot_be_closed_stays_the_only_one(
    counter: Till, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of being paid: no second page is opened beside it."""
    case = counter.owing()
    page = counter.page(case)
    counter.further(case, MORE)

    def refuse(_page: str) -> None:
        raise ProviderRefused("being paid")

    monkeypatch.setattr(scripted, "close_checkout", refuse)
    with pytest.raises(ProviderRefused):
        counter.open(case)
    assert [one.session_id for one in alive(counter)] == [page]
