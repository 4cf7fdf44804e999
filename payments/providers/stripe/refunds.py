"""Stripe's refunds and ours: orders to parameters, refunds to plain values."""

from typing import Any

from payments.providers.refunds import RefundOrder, RefundState
from payments.providers.stripe.values import id_of, moment, plain


def refund_parameters(order: RefundOrder) -> dict[str, Any]:
    """What a refund is created with. Never as "fraudulent": that would put the payer on the account's block lists."""
    parameters: dict[str, Any] = {
        "payment_intent": order.payment_id,
        "amount": order.yen,
        "reason": "duplicate" if order.duplicate else "requested_by_customer",
        "metadata": {
            "refund": order.refund_id,
            "charge": order.charge_id or "",
            "reference": order.reference or "",
        },
    }
    if order.email:
        parameters["instructions_email"] = order.email
    return parameters


def refund_state(refund: Any) -> RefundState:
    """A refund. Its display details are there while the payer still has to tell a bank account."""
    details = getattr(getattr(refund, "next_action", None), "display_details", None)
    sent = getattr(details, "email_sent", None)
    return RefundState(
        id=refund.id,
        status=refund.status,
        payment_id=id_of(refund.payment_intent),
        yen=refund.amount,
        currency=refund.currency,
        metadata=plain(refund.metadata),
        created_at=moment(refund.created),
        transaction_id=id_of(refund.balance_transaction),
        action_sent_at=moment(sent.email_sent_at) if sent else None,
        action_until=moment(details.expires_at) if details else None,
        failure_reason=getattr(refund, "failure_reason", None),
        failure_transaction_id=id_of(getattr(refund, "failure_balance_transaction", None)),
    )
