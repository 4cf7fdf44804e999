"""Several charges on a case: one pay page for all, one payment split over them to the yen, or held as a whole."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

import migrations
from payments.charges import NothingToPay, lapse_overdue
from payments.models import CheckoutCharge, PaymentShare
from payments.providers import CheckoutState, ProviderUnavailable
from payments.reconciliation import compare, import_transactions
from payments.settlement.outcomes import receipt_source
from payments.story import of_charge
from payments.sweep import sweep
from procedures.days import tokyo_day
from tests.payments.conftest import Payer
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till

FEE, MORE = 1000, 700


@pytest.fixture
def both(counter: Till) -> tuple[str, str, str]:
    """A case that owes its fee and a difference: case, and the two charges."""
    case = counter.owing()
    further = counter.further(case, MORE)
    return case, counter.charges(case)[0].id, further


def test_one_page_for_all_that_is_owed(counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]) -> None:
    case, fee, more = both
    page = counter.page(case)
    order, _ = scripted.by_key[f"checkout-{fee}-1"]
    assert order.shares == {fee: FEE, more: MORE}
    assert scripted.states[page].yen == FEE + MORE
    assert counter.page(case) == page, "a second click leads to the same page"


def test_one_payment_is_split_and_posted_for_each(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    case, fee, more = both
    page = counter.page(case)
    scripted.pay(page)
    for _ in range(3):
        counter.tell(page)
    assert counter.shares() == {fee: FEE, more: MORE}
    assert counter.payments() == [("settled", FEE + MORE)]
    assert counter.postings() == ["demand", "demand", "receipt", "receipt"]
    assert [charge.status for charge in counter.charges(case)] == ["paid", "paid"]
    assert counter.status(case) == "received"
    assert counter.balances() == {
        "provider:stripe": FEE + MORE,
        "revenue:1201-03": -FEE,
        "revenue:1201-04": -MORE,
    }
    with pytest.raises(NothingToPay):
        counter.open(case)
    counter.is_sound()


def test_each_charge_tells_the_whole_story(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    case, fee, more = both
    page = counter.page(case)
    scripted.pay(page)
    counter.tell(page)
    for charge, yen in ((fee, FEE), (more, MORE)):
        with counter.database.read() as session:
            told = of_charge(session, charge)
        assert [one.session_id for one in told.checkouts] == [page]
        assert [(one.yen, one.share_yen) for one in told.payments] == [(FEE + MORE, yen)]
        assert [posting.kind for posting in told.postings] == ["demand", "receipt"]


def test_the_day_still_matches_three_ways(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    page = counter.page(both[0])
    scripted.pay(page)
    counter.tell(page)
    import_transactions(counter.database, scripted, counter.now + timedelta(days=2))
    with counter.database.read() as session:
        day = compare(session, tokyo_day(counter.now))
    assert (day.matched, day.matched_yen, day.mismatches) == (1, FEE + MORE, ())


def test_a_lost_posting_of_one_charge_is_found(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    case, _, more = both
    page = counter.page(case)
    taken = scripted.pay(page)
    counter.tell(page)
    further = receipt_source("stripe", taken.payment_id, more)
    with counter.database.read() as session:
        there = text("SELECT count(*) FROM ledger_posting WHERE source = :source")
        assert session.execute(there, {"source": further}).scalar_one() == 1


def test_a_page_that_is_open_is_closed_when_more_is_owed(counter: Till, scripted: ScriptedProvider) -> None:
    case = counter.owing()
    old = counter.page(case)
    counter.further(case, MORE)
    new = counter.page(case)
    assert new != old
    assert scripted.states[old].status == "expired"
    assert scripted.states[new].yen == FEE + MORE
    assert scripted.calls.index(f"look {old}") < scripted.calls.index(f"close {old}")


def test_what_was_paid_through_the_old_page_is_taken_first(counter: Till, scripted: ScriptedProvider) -> None:
    """The provider is asked before the old page is closed: nobody pays the first charge twice."""
    case = counter.owing()
    old = counter.page(case)
    counter.further(case, MORE)
    scripted.pay(old)
    assert counter.open(case).state == "paid"
    assert [charge.status for charge in counter.charges(case)] == ["paid", "demanded"]
    rest = counter.page(case)
    assert scripted.states[rest].yen == MORE
    scripted.pay(rest)
    counter.tell(rest)
    assert counter.discrepancies() == []
    counter.is_sound()


def test_a_konbini_number_is_given_up_only_by_who_says_so(counter: Till, scripted: ScriptedProvider) -> None:
    case = counter.owing()
    old = counter.page(case)
    scripted.issue_number(old, counter.now + timedelta(days=3))
    counter.further(case, MORE)
    opened = counter.open(case)
    assert (opened.state, opened.url) == ("waiting", f"http://v/{old}")
    together = counter.open(case, another_way=True)
    assert scripted.states[old].waiting_until is None
    assert scripted.states[str(together.url).rpartition("/")[2]].yen == FEE + MORE


def test_two_who_click_at_once_get_one_page(
    counter: Till, scripted: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second read what is owed before the difference was demanded: nothing is opened for less than all."""
    case = counter.owing()
    opened: list[str] = []

    def meanwhile(page: str) -> CheckoutState:
        monkeypatch.undo()
        counter.further(case, MORE)
        opened.append(counter.page(case))
        return scripted.checkout(page)

    old = counter.page(case)
    scripted.states[old] = replace(scripted.states[old], status="expired", url=None)
    monkeypatch.setattr(scripted, "checkout", meanwhile)
    with pytest.raises(NothingToPay):
        counter.open(case)
    assert scripted.states[opened[0]].status == "open"
    assert counter.page(case) == opened[0]


@pytest.mark.parametrize(
    ("yen", "currency", "kind"),
    [
        (FEE + MORE - 1, "jpy", "wrong_amount"),
        (FEE + MORE + 1, "jpy", "wrong_amount"),
        (FEE, "jpy", "wrong_amount"),
        (FEE + MORE, "usd", "wrong_currency"),
    ],
)
def test_money_that_does_not_fit_all_pays_none(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str], yen: int, currency: str, kind: str
) -> None:
    case = both[0]
    page = counter.page(case)
    scripted.pay(page, yen=yen, currency=currency)
    counter.tell(page)
    assert counter.discrepancies() == [kind]
    assert [charge.status for charge in counter.charges(case)] == ["demanded", "demanded"]
    assert (counter.shares(), counter.status(case)) == ({}, "awaiting_fee")
    assert counter.balances().get("suspense") == (-yen if currency == "jpy" else None)
    counter.is_sound()


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("status", ["paid", "cancelled"])
def test_one_charge_that_has_ended_holds_the_whole_payment(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str], place: int, status: str
) -> None:
    """One of two was paid or cancelled while the page for both was out: no part of the money pays the other."""
    case = both[0]
    page = counter.page(case)
    with counter.database.write() as session:
        end = text("UPDATE charge SET status = :status WHERE id = :id")
        session.execute(end, {"status": status, "id": both[1 + place]})
    scripted.pay(page)
    counter.tell(page)
    assert counter.discrepancies() == ["paid_twice" if status == "paid" else "paid_after_withdrawal"]
    assert counter.payments() == [("suspense", FEE + MORE)]
    assert counter.shares() == {}
    with counter.database.read() as session:
        told = of_charge(session, both[2])
    assert [(one.in_suspense, one.share_yen) for one in told.payments] == [(True, 0)]


def test_what_lapses_closes_the_page_and_ends_the_rest(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    case = both[0]
    page = counter.page(case)
    counter.now = counter.charges(case)[0].due_at + timedelta(hours=1)
    scripted.now = counter.now - timedelta(days=7)
    assert lapse_overdue(counter.database, scripted, counter.now) == 1
    assert scripted.states[page].status == "expired"
    assert [charge.status for charge in counter.charges(case)] == ["lapsed", "cancelled"]
    assert counter.status(case) == "lapsed"
    assert counter.balances() == {}
    counter.is_sound()


def test_withdrawn_with_a_page_for_both(counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]) -> None:
    case = both[0]
    page = counter.page(case)
    counter.withdraw(case)
    assert counter.work() == ["payment.close"], "one page, closed once"
    assert scripted.states[page].status == "expired"
    assert [charge.status for charge in counter.charges(case)] == ["cancelled", "cancelled"]
    counter.is_sound()


def test_the_sweep_finds_a_payment_of_both(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    scripted.pay(counter.page(both[0]))
    counter.later(minutes=11)
    sweep(counter.database, scripted, counter.now)
    assert counter.shares() == {both[1]: FEE, both[2]: MORE}
    counter.is_sound()


def test_an_answer_that_was_lost_is_found_by_its_metadata(
    counter: Till, scripted: ScriptedProvider, both: tuple[str, str, str]
) -> None:
    """We died before the provider's id was written down; the payer had the address nevertheless."""
    scripted.fail_next = ["late"]
    with pytest.raises(ProviderUnavailable):
        counter.open(both[0])
    scripted.pay("cs_1")
    counter.tell("cs_1")
    assert counter.shares() == {both[1]: FEE, both[2]: MORE}
    counter.is_sound()


def test_over_the_real_sdk(till: Till, payer: Payer) -> None:
    case = till.owing()
    more = till.further(case, MORE)
    page = till.page(case)
    payer.choose(page, "card_ok")
    till.tell(page)
    assert till.shares() == {till.charges(case)[0].id: FEE, more: MORE}
    assert set(payer.look(page).metadata.charges.split(",")) == set(till.shares())
    till.is_sound()


@given(st.lists(st.integers(1, 300_000), min_size=1, max_size=5))
def test_the_names_of_receipts_differ(yens: list[int]) -> None:
    names = [receipt_source("stripe", "pi_1", f"c{place}" if place else None) for place, _ in enumerate(yens)]
    assert len(set(names)) == len(yens)


def test_what_was_there_is_filled_in(counter: Till, scripted: ScriptedProvider) -> None:
    """A database of the former release: its open pages and its payments name their charges afterwards."""
    paid, held, open_one = counter.owing(), counter.owing(), counter.owing()
    for case, yen in ((paid, None), (held, 1)):
        page = counter.page(case)
        scripted.pay(page, yen=yen)
        counter.tell(page)
    counter.page(open_one)
    before = _parts(counter)
    migrations.downgrade(counter.database, "0019")
    migrations.upgrade(counter.database)
    assert _parts(counter) == before
    assert len(before[0]) == 3
    assert len(before[1]) == 1
    counter.is_sound()


def _parts(till: Till) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    with till.database.read() as session:
        first, second = (
            {(row[0], row.charge_id, row.yen) for row in session.execute(select(table.__table__))}
            for table in (CheckoutCharge, PaymentShare)
        )
    return first, second
