"""Refunds of money that paid nothing, and what they settle on the worklist."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from payments.discrepancies import note
from payments.discrepancies.deciding import approve
from payments.discrepancies.held import held_payment
from payments.discrepancies.proposing import Wish, propose
from payments.discrepancies.rules import ResolutionRefused
from payments.models import Discrepancy, DiscrepancyProposal, Payment
from payments.refunds import How, RefundRefused
from payments.refunds.sources import sources
from payments.settlement import record
from payments.settlement.applying import apply_held
from procedures.actors import SYSTEM
from tests.payments.refunds.conftest import MORI, TANAKA, Desk


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


def test_a_proposal_about_money_that_is_given_back_meanwhile_ends_with_it(finance: Desk) -> None:
    held, discrepancy, _ = held_for_another(finance)
    proposal = finance.do(propose, TANAKA, discrepancy, Wish("sundry", "explained", "引き取り手がありません。"))
    finance.confirmed(held, 1000)
    with finance.till.database.read() as session:
        row = session.get_one(DiscrepancyProposal, proposal)
    assert (row.status, row.decided_by, row.decision) == ("rejected", SYSTEM.key, "refunded")
    with pytest.raises(ResolutionRefused, match="moved"):
        finance.do(approve, MORI, discrepancy, proposal)
    finance.till.is_sound()


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


def test_money_that_was_set_against_a_charge_later_is_given_back_from_its_revenue(finance: Desk) -> None:
    payment, discrepancy, charge = held_for_another(finance)
    with finance.till.database.write() as session:
        row = session.get_one(Payment, payment)
        apply_held(session, finance.till.now, row, charge)
    with finance.till.database.read() as session:
        [source] = sources(session, session.get_one(Payment, payment))
        assert held_payment(session, session.get_one(Discrepancy, discrepancy)) is None
    assert (source.account, source.yen, source.charge_id) == ("1201-03", 1000, charge)
    before = finance.till.balances()["revenue:1201-03"]
    finance.confirmed(payment, 1000)
    assert finance.till.balances()["revenue:1201-03"] - before == 1000
    finance.till.is_sound()


def test_money_on_its_way_back_pays_nothing_else(finance: Desk) -> None:
    payment, discrepancy, _ = held_for_another(finance)
    with finance.till.database.read() as session:
        assert held_payment(session, session.get_one(Discrepancy, discrepancy)) is not None
    finance.request(payment, 1, "paid_twice")
    with finance.till.database.read() as session:
        assert held_payment(session, session.get_one(Discrepancy, discrepancy)) is None


def test_money_that_was_kept_cannot_be_asked_back(finance: Desk) -> None:
    payment, _, _ = held_for_another(finance)
    with finance.till.database.write() as session:
        session.get_one(Payment, payment).state = "kept"
    with pytest.raises(RefundRefused, match="nothing_left"):
        finance.request(payment, 1)


def held_for_another(finance: Desk) -> tuple[str, str, str]:
    """A payment in suspense, its discrepancy, and the charge of another case that is still owed."""
    application_id = finance.till.owing()
    first = str(finance.till.open(application_id).url).rpartition("/")[2]
    finance.take(first)
    payment = late_money(finance, first)
    other = finance.till.charge(finance.till.owing()).id
    with finance.till.database.read() as session:
        discrepancy = session.scalar(select(Discrepancy.id).where(Discrepancy.kind == "paid_twice"))
    return payment, str(discrepancy), other
