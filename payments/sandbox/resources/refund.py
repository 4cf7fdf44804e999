"""The body of a refund, and what it says while the payer still has to tell a bank account."""

from typing import Any

from payments.sandbox.store import Body

FAILURE_REASONS = (
    "unknown",
    "expired_or_canceled_card",
    "lost_or_stolen_card",
    "insufficient_funds",
    "declined",
    "merchant_request",
)


def refund(
    refund_id: str, created: int, charge: Body, amount: int, reason: str | None, metadata: dict[str, str]
) -> Body:
    """A refund that has just been asked for."""
    return {
        "id": refund_id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": created,
        "currency": "jpy",
        "customer": None,
        "customer_account": None,
        "destination_details": _destination(charge["payment_method_details"]["type"]),
        "metadata": metadata,
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending",
        "transfer_reversal": None,
    }


def _destination(method: str) -> dict[str, Any]:
    if method == "card":
        card = {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"}
        return {"type": "card", "card": card}
    if method == "konbini":
        return {"type": "jp_bank_transfer", "jp_bank_transfer": {"reference": None, "reference_status": None}}
    return {"type": method}


def asking_for_bank_account(body: Body, email: str, sent_at: int, expires_at: int) -> Body:
    """A refund that waits until the payer has told a bank account: konbini money cannot go back by itself."""
    sent = {"email_sent": {"email_sent_at": sent_at, "email_sent_to": email}, "expires_at": expires_at}
    waiting = {"type": "display_details", "display_details": sent}
    return body | {"status": "requires_action", "instructions_email": email, "next_action": waiting}


def in_state(body: Body, status: str, **fields: Any) -> Body:
    """The same refund in another state; what belonged to the earlier one is gone."""
    kept = {name: value for name, value in body.items() if name not in ("next_action", "pending_reason")}
    return kept | {"status": status} | fields
