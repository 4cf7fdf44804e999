"""Stripe's refunds, disputes and payouts as plain values, built by its own SDK from what it sends."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import stripe

from payments.providers.stripe.disputes import dispute_state
from payments.providers.stripe.payouts import payout_state
from payments.providers.stripe.refunds import refund_state

AT = 1_777_600_000
MOMENT = datetime.fromtimestamp(AT, UTC)
REFUND = {
    "id": "re_1",
    "object": "refund",
    "amount": 500,
    "balance_transaction": None,
    "created": AT,
    "currency": "jpy",
    "metadata": {"refund": "r1"},
    "payment_intent": "pi_1",
    "status": "pending",
}
DISPUTE = {
    "id": "dp_1",
    "object": "dispute",
    "amount": 1000,
    "balance_transactions": [],
    "created": AT,
    "currency": "jpy",
    "evidence_details": {"due_by": AT, "submission_count": 0},
    "payment_intent": "pi_1",
    "reason": "fraudulent",
    "status": "warning_needs_response",
}
PAYOUT = {
    "id": "po_1",
    "object": "payout",
    "amount": 9000,
    "arrival_date": 1_777_593_600,
    "automatic": True,
    "balance_transaction": "txn_1",
    "created": AT,
    "currency": "jpy",
    "failure_balance_transaction": None,
    "failure_code": None,
    "status": "in_transit",
}


def made(body: dict[str, Any]) -> Any:
    return stripe.StripeObject.construct_from(body, "sk_test_x")


def test_a_refund_that_has_just_been_asked_for() -> None:
    state = refund_state(made(REFUND))
    assert (state.id, state.status, state.payment_id, state.yen, state.currency) == (
        "re_1",
        "pending",
        "pi_1",
        500,
        "jpy",
    )
    assert state.metadata == {"refund": "r1"}
    assert (state.created_at, state.transaction_id, state.action_until, state.failure_reason) == (
        MOMENT,
        None,
        None,
        None,
    )


def test_a_refund_that_waits_for_a_bank_account() -> None:
    details = {"email_sent": {"email_sent_at": AT, "email_sent_to": "a@example.jp"}, "expires_at": AT + 60}
    action = {"type": "display_details", "display_details": details}
    state = refund_state(made(REFUND | {"status": "requires_action", "next_action": action}))
    assert (state.action_sent_at, state.action_until) == (MOMENT, datetime.fromtimestamp(AT + 60, UTC))


def test_a_refund_that_failed_and_whose_money_came_back() -> None:
    changes = {"status": "failed", "failure_reason": "declined", "failure_balance_transaction": {"id": "txn_2"}}
    state = refund_state(made(REFUND | changes | {"balance_transaction": "txn_1"}))
    assert (state.failure_reason, state.transaction_id, state.failure_transaction_id) == ("declined", "txn_1", "txn_2")


@pytest.mark.parametrize(
    ("theirs", "ours"), [("warning_closed", "inquiry_closed"), ("appeal_needs_response", "needs_response")]
)
def test_an_inquiry_moves_no_money(theirs: str, ours: str) -> None:
    state = dispute_state(made(DISPUTE | {"status": theirs}))
    assert (state.status, state.movements, state.evidence_due, state.evidence_sent) == (ours, (), MOMENT, False)


def test_a_dispute_with_its_movements_and_its_fee() -> None:
    rows = [{"id": "txn_1", "amount": -1000, "fee": 1300, "created": AT}]
    evidence = {"due_by": 0, "submission_count": 1}
    state = dispute_state(
        made(DISPUTE | {"status": "lost", "balance_transactions": rows, "evidence_details": evidence})
    )
    assert [(row.id, row.yen, row.fee_yen, row.created_at) for row in state.movements] == [
        ("txn_1", -1000, 1300, MOMENT)
    ]
    assert (state.evidence_due, state.evidence_sent) == (None, True)


def test_an_unknown_state_of_a_dispute_is_no_guess() -> None:
    with pytest.raises(KeyError):
        dispute_state(made(DISPUTE | {"status": "arbitration"}))


def test_a_payout_and_its_day() -> None:
    state = payout_state(made(PAYOUT | {"trace_id": {"status": "supported", "value": "ABC1"}}))
    assert (state.arrives_on, state.yen, state.trace, state.status) == (date(2026, 5, 1), 9000, "ABC1", "in_transit")
    assert payout_state(made(PAYOUT)).trace is None
