"""Refunds of money that paid nothing, and what they settle on the worklist."""

from dataclasses import replace

from sqlalchemy import select

from payments.discrepancies import note
from payments.models import Discrepancy
from payments.refunds import How
from payments.settlement import record
from tests.payments.refunds.conftest import MORI, Desk


def test_paid_twice_is_given_back_from_suspense_and_settled_on_the_worklist(finance: Desk) -> None:
    application_id = finance.till.owing()
    first = str(finance.till.open(application_id).url).rpartition("/")[2]
    finance.provider.states["cs_9"] = finance.provider.states[first]
    finance.take(first)
    held = late_money(finance, first)
    assert finance.till.balances()["suspense"] == -1000
    assert finance.open_ones() == ["paid_twice"]
    finance.confirmed(held, 400, "paid_twice")
    assert finance.open_ones() == ["paid_twice"]
    refund = finance.confirmed(held, 600, "paid_twice")
    assert finance.open_ones() == []
    order, _ = finance.provider.refund_keys[f"refund-{refund}"]
    assert order.duplicate
    assert "suspense" not in finance.till.balances()
    finance.till.is_sound()


def late_money(finance: Desk, checkout_id: str) -> str:
    """The same page is paid a second time (two payments of one checkout cannot be; two intents can)."""
    state = finance.provider.states[checkout_id]
    taken = replace(state.taken, payment_id="pi_second", provider_charge_id="ch_2", transaction_id="txn_second")
    with finance.till.database.write() as session:
        record(session, "stripe", finance.till.now, replace(state, taken=taken))
    return finance.payment("pi_second")


def test_a_discrepancy_is_settled_by_the_refund_that_was_asked_for_it(finance: Desk) -> None:
    payment = finance.paid()
    with finance.till.database.write() as session:
        note(session, finance.till.now, "fee_fell_after_correction", "2026/1", "700", "1000", None)
        wanted = session.scalar(select(Discrepancy.id))
    refund = finance.request(payment, 300, "fee_fell", "", How(discrepancy_id=wanted))
    finance.approve(refund)
    finance.till.work()
    assert finance.open_ones() == ["fee_fell_after_correction"]
    finance.provider.go_back("re_1")
    finance.hear("refund.updated", "re_1")
    assert finance.open_ones() == []
    with finance.till.database.read() as session:
        row = session.get_one(Discrepancy, wanted)
    assert (row.resolution, row.resolved_by) == ("refunded", MORI.key)
