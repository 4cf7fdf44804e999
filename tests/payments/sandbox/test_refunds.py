"""Refunds in every state that Stripe documents, and the way from each to the next."""

import pytest
import stripe

from tests.payments.conftest import Payer
from tests.payments.sandbox.paid import DAY, movements, paid


def konbini_refund(payer: Payer, **changes: object) -> stripe.Refund:
    """One that waits for the payer's bank account."""
    charge = paid(payer, "konbini")
    parameters = {"charge": charge.id, "instructions_email": "hanako@example.jp"} | changes
    return payer.client.v1.refunds.create(parameters)


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
    assert movement.reporting_category == "refund"
    assert payer.events()[-2:] == ["refund.created", "charge.refunded"]
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_already_refunded"


@pytest.mark.parametrize(
    "parameters",
    [
        {"amount": 6001},
        {"amount": 0},
        {"amount": -5},
        {"reason": "mood"},
        {"instructions_email": "nobody"},
        {"charge": "ch_none"},
        {"colour": "red"},
    ],
)
def test_what_cannot_be_refunded(payer: Payer, parameters: dict[str, object]) -> None:
    charge = paid(payer)
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.refunds.create({"charge": charge.id} | parameters)
    assert payer.client.v1.refunds.list().data == []


def test_of_what_nothing_can_be_refunded(payer: Payer) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.refunds.create({})
    assert refused.value.code == "parameter_missing"
    session = payer.session()
    payer.choose(session.id, "card_declined")
    intent = payer.look(session.id).payment_intent
    with pytest.raises(stripe.InvalidRequestError, match="not been paid"):
        payer.client.v1.refunds.create({"payment_intent": intent.id})
    unpaid = payer.session()
    payer.choose(unpaid.id, "konbini")
    with pytest.raises(stripe.InvalidRequestError, match="does not have"):
        payer.client.v1.refunds.create({"payment_intent": payer.look(unpaid.id).payment_intent.id})


def test_no_more_than_what_is_left_even_while_a_refund_waits(payer: Payer) -> None:
    refund = konbini_refund(payer, amount=4000)
    again = {"charge": refund.charge, "amount": 2001, "instructions_email": "hanako@example.jp"}
    with pytest.raises(stripe.InvalidRequestError, match="greater than"):
        payer.client.v1.refunds.create(again)
    payer.client.v1.refunds.cancel(refund.id)
    assert payer.client.v1.refunds.create(again).status == "requires_action"


@pytest.mark.parametrize(("do", "status", "left"), [("succeed", "succeeded", 6000), ("fail", "failed", 0)])
def test_a_konbini_refund_asks_for_a_bank_account(payer: Payer, do: str, status: str, left: int) -> None:
    charge = paid(payer, "konbini")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.refunds.create({"charge": charge.id})
    assert refused.value.param == "instructions_email"
    refund = payer.client.v1.refunds.create({"charge": charge.id, "instructions_email": "hanako@example.jp"})
    assert (refund.status, refund.balance_transaction) == ("requires_action", None)
    asked = refund.next_action.display_details
    assert asked.email_sent.email_sent_to == "hanako@example.jp"
    assert asked.expires_at == refund.created + 45 * DAY
    assert payer.order(f"refunds/{refund.id}", do=do).status_code == 200
    after = payer.client.v1.refunds.retrieve(refund.id)
    assert after.status == status
    assert payer.client.v1.charges.retrieve(charge.id).amount_refunded == left
    assert payer.order(f"refunds/{refund.id}", do=do).status_code == 409


def test_told_an_account_the_money_is_under_way_and_arrives(payer: Payer) -> None:
    refund = konbini_refund(payer)
    assert payer.order(f"refunds/{refund.id}", do="account").json()["status"] == "pending"
    waiting = payer.client.v1.refunds.retrieve(refund.id, {"expand": ["balance_transaction"]})
    assert (waiting.pending_reason, waiting.balance_transaction.amount) == ("processing", -6000)
    assert waiting.balance_transaction.type == "payment_refund"
    payer.order("clock", seconds=4 * DAY)
    after = payer.client.v1.refunds.retrieve(refund.id)
    assert (after.status, after.to_dict().get("pending_reason")) == ("succeeded", None)
    assert movements(payer) == [("charge", 6000, 216), ("refund", -6000, 0)]
    assert payer.events()[-2:] == ["refund.updated", "charge.refund.updated"]


@pytest.mark.parametrize("by", ["time", "test helper"])
def test_an_account_that_is_not_told_in_time(payer: Payer, by: str) -> None:
    refund = konbini_refund(payer)
    if by == "time":
        payer.order("clock", seconds=45 * DAY + 1)
    else:
        payer.client.v1.test_helpers.refunds.expire(refund.id)
    after = payer.client.v1.refunds.retrieve(refund.id)
    assert (after.status, after.failure_reason) == ("failed", "unknown")
    assert movements(payer) == [("charge", 6000, 216)], "nothing had left, so nothing comes back"
    assert payer.events()[-3:] == ["refund.failed", "refund.updated", "charge.refund.updated"]
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.test_helpers.refunds.expire(refund.id)


def test_cancelled_while_it_waits_and_only_then(payer: Payer) -> None:
    refund = konbini_refund(payer)
    cancelled = payer.client.v1.refunds.cancel(refund.id)
    assert cancelled.status == "canceled"
    assert payer.client.v1.charges.retrieve(refund.charge).amount_refunded == 0
    done = payer.client.v1.refunds.create({"charge": paid(payer).id})
    for refund_id in (refund.id, done.id):
        with pytest.raises(stripe.InvalidRequestError, match="requires_action"):
            payer.client.v1.refunds.cancel(refund_id)


@pytest.mark.parametrize("reason", ["expired_or_canceled_card", "declined", "unknown"])
def test_a_refund_that_had_succeeded_comes_back(payer: Payer, reason: str) -> None:
    charge = paid(payer)
    refund = payer.client.v1.refunds.create({"charge": charge.id, "amount": 1500})
    payer.order(f"refunds/{refund.id}", do="fail", reason=reason)
    after = payer.client.v1.refunds.retrieve(refund.id, {"expand": ["failure_balance_transaction"]})
    assert (after.status, after.failure_reason) == ("failed", reason)
    back = after.failure_balance_transaction
    assert (back.type, back.amount, back.source) == ("refund_failure", 1500, refund.id)
    assert movements(payer)[1:] == [("refund", -1500, 0), ("refund_failure", 1500, 0)]
    assert payer.client.v1.charges.retrieve(charge.id).amount_refunded == 0
    assert payer.client.v1.refunds.create({"charge": charge.id}).amount == 6000
    assert payer.order(f"refunds/{refund.id}", do="fail", reason="mood").status_code == 400


def test_refunds_that_take_days_can_be_ordered(payer: Payer) -> None:
    assert payer.order("refunds", way="processing").status_code == 200
    refund = payer.client.v1.refunds.create({"charge": paid(payer).id})
    assert (refund.status, refund.pending_reason) == ("pending", "processing")
    payer.order("clock", seconds=3 * DAY + 1)
    assert payer.client.v1.refunds.retrieve(refund.id).status == "succeeded"
    assert payer.order("refunds", way="sideways").status_code == 400


def test_a_refund_waits_for_money_and_goes_out_when_there_is_enough(payer: Payer) -> None:
    payer.order("refunds", way="insufficient_funds")
    first, second = paid(payer), paid(payer)
    refund = payer.client.v1.refunds.create({"charge": first.id, "amount": 5000})
    later = payer.client.v1.refunds.create({"charge": second.id, "amount": 6000})
    assert (refund.status, refund.pending_reason, refund.balance_transaction) == ("pending", "insufficient_funds", None)
    payer.order("clock", seconds=4 * DAY)
    assert payer.client.v1.refunds.retrieve(refund.id).status == "succeeded"
    assert payer.client.v1.refunds.retrieve(later.id).status == "succeeded"
    assert [row[0] for row in movements(payer)] == ["charge", "charge", "refund", "refund"]


def test_metadata_can_be_added_changed_and_removed(payer: Payer) -> None:
    refund = payer.client.v1.refunds.create({"charge": paid(payer).id, "metadata": {"a": "1", "b": "2"}})
    after = payer.client.v1.refunds.update(refund.id, {"metadata": {"a": "", "c": "3"}})
    assert after.metadata.to_dict() == {"b": "2", "c": "3"}
    assert payer.client.v1.refunds.update(refund.id, {"metadata": ""}).metadata.to_dict() == {}
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.refunds.update(refund.id, {"amount": 5})


def test_a_list_by_charge(payer: Payer) -> None:
    first, second = paid(payer), paid(payer)
    for charge in (first, first, second):
        payer.client.v1.refunds.create({"charge": charge.id, "amount": 100})
    assert len(payer.client.v1.refunds.list({"charge": first.id}).data) == 2
    assert len(payer.client.v1.refunds.list({"payment_intent": second.payment_intent}).data) == 1
    assert len(list(payer.client.v1.refunds.list({"limit": 1}).auto_paging_iter())) == 3
