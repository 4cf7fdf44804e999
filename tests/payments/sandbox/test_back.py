"""Refunds, the balance and payouts."""

import pytest
import stripe

from tests.payments.conftest import Payer

DAY = 86_400


def paid(payer: Payer, choice: str = "card_ok") -> stripe.Charge:
    """A charge of 6,000 yen."""
    session = payer.session()
    payer.choose(session.id, choice)
    if choice == "konbini":
        payer.at_the_shop(payer.look(session.id).payment_intent.id)
    if choice == "paypay":
        payer.approve(session.id, "paypay")
    return payer.look(session.id).payment_intent.latest_charge


@pytest.mark.parametrize(("choice", "kind"), [("card_ok", "refund"), ("paypay", "payment_refund")])
def test_a_refund_goes_back_at_once(payer: Payer, choice: str, kind: str) -> None:
    charge = paid(payer, choice)
    part = payer.client.v1.refunds.create({"charge": charge.id, "amount": 1000})
    rest = payer.client.v1.refunds.create({"payment_intent": charge.payment_intent})
    assert [part.status, rest.status, rest.amount] == ["succeeded", "succeeded", 5000]
    state = payer.client.v1.charges.retrieve(charge.id)
    assert (state.amount_refunded, state.refunded) == (6000, True)
    movement = payer.client.v1.balance_transactions.retrieve(rest.balance_transaction)
    assert (movement.amount, movement.fee, movement.type, movement.source) == (-5000, 0, kind, rest.id)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_already_refunded"


def test_more_than_was_paid_is_refused(payer: Payer) -> None:
    charge = paid(payer)
    for amount in (6001, 0, -5):
        with pytest.raises(stripe.InvalidRequestError):
            payer.client.v1.refunds.create({"charge": charge.id, "amount": amount})
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.refunds.create({})
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.refunds.create({"charge": charge.id, "reason": "mood"})


@pytest.mark.parametrize(("do", "status", "left"), [("succeed", "succeeded", 6000), ("fail", "failed", 0)])
def test_a_konbini_refund_asks_for_a_bank_account(payer: Payer, do: str, status: str, left: int) -> None:
    charge = paid(payer, "konbini")
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.refunds.create({"charge": charge.id})
    refund = payer.client.v1.refunds.create({"charge": charge.id, "instructions_email": "hanako@example.jp"})
    assert (refund.status, refund.balance_transaction) == ("requires_action", None)
    assert refund.next_action.display_details.email_sent.email_sent_to == "hanako@example.jp"
    assert payer.order(f"refunds/{refund.id}", do=do).status_code == 200
    after = payer.client.v1.refunds.retrieve(refund.id)
    assert after.status == status
    assert payer.client.v1.charges.retrieve(charge.id).amount_refunded == left
    assert payer.order(f"refunds/{refund.id}", do=do).status_code == 409


def test_money_becomes_available_and_is_paid_out(payer: Payer) -> None:
    charge = paid(payer)
    balance = payer.client.v1.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (0, 5784)
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.payouts.create({"amount": 100, "currency": "jpy"})
    payer.order("clock", seconds=5 * DAY)
    assert payer.client.v1.balance.retrieve().available[0].amount == 5784
    payout = payer.order("payouts").json()
    assert (payout["amount"], payout["status"]) == (5784, "in_transit")
    inside = payer.client.v1.balance_transactions.list({"payout": payout["id"]})
    assert [row.source for row in inside.data] == [charge.id]
    payer.order("clock", seconds=3 * DAY)
    assert payer.client.v1.payouts.retrieve(payout["id"]).status == "paid"
    assert payer.client.v1.balance.retrieve().available[0].amount == 0
    assert [row.type for row in payer.client.v1.balance_transactions.list().data] == ["payout", "charge"]


def test_a_payout_by_hand(payer: Payer) -> None:
    paid(payer)
    payer.order("clock", seconds=5 * DAY)
    payout = payer.client.v1.payouts.create({"amount": 5000, "currency": "jpy"})
    assert (payout.automatic, payout.amount) == (False, 5000)
    assert payer.client.v1.balance_transactions.list({"payout": payout.id}).data == []
