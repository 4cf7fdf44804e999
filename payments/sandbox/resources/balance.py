"""The bodies of balance transactions, refunds, payouts and the balance: what moves the authority's money at Stripe."""

from collections.abc import Mapping
from typing import Any

from payments.sandbox.store import Body

DAY = 86_400
DAYS_UNTIL_AVAILABLE = 4
# What Stripe keeps of a payment, per mille; a sandbox's figures, not a price list.
FEE_PER_MILLE: Mapping[str, int] = {"card": 36, "konbini": 36, "paypay": 36}


def fee_of(method: str, amount: int) -> int:
    """The provider's fee in yen, rounded half up."""
    return (amount * FEE_PER_MILLE[method] + 500) // 1000


def balance_transaction(
    transaction_id: str, created: int, source: str, kind: str, amount: int, fee: int = 0, *, available_on: int
) -> Body:
    """A movement of `amount` yen (negative: out of the balance), of which Stripe keeps `fee`."""
    categories = {"payment": "charge", "payment_refund": "refund"}
    details = {"amount": fee, "application": None, "currency": "jpy", "description": "Stripe processing fees"}
    return {
        "id": transaction_id,
        "object": "balance_transaction",
        "amount": amount,
        "available_on": available_on,
        "balance_type": "payments",
        "created": created,
        "currency": "jpy",
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [details | {"type": "stripe_fee"}] if fee else [],
        "net": amount - fee,
        "reporting_category": categories.get(kind, kind),
        "source": source,
        "status": "available" if available_on <= created else "pending",
        "type": kind,
    }


def refund(
    refund_id: str, created: int, charge: Body, amount: int, reason: str | None, metadata: dict[str, str]
) -> Body:
    """A refund that has just been asked for."""
    method = charge["payment_method_details"]["type"]
    details: dict[str, Any] = {"type": method}
    if method == "card":
        details["card"] = {
            "reference_status": "pending",
            "reference_type": "acquirer_reference_number",
            "type": "refund",
        }
    elif method == "konbini":
        details = {"type": "jp_bank_transfer", "jp_bank_transfer": {"reference": None, "reference_status": None}}
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
        "destination_details": details,
        "metadata": metadata,
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending",
        "transfer_reversal": None,
    }


def asks_for_bank_account(body: Body, email: str, sent_at: int, expires_at: int) -> Body:
    """A refund that waits until the payer has told a bank account: konbini money cannot go back by itself."""
    sent = {"email_sent": {"email_sent_at": sent_at, "email_sent_to": email}, "expires_at": expires_at}
    waiting = {"type": "display_details", "display_details": sent}
    return body | {"status": "requires_action", "instructions_email": email, "next_action": waiting}


def payout(payout_id: str, created: int, amount: int, transaction: str, *, arrival: int, automatic: bool) -> Body:
    """Money on its way to the authority's bank."""
    return {
        "id": payout_id,
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": arrival,
        "automatic": automatic,
        "balance_transaction": transaction,
        "created": created,
        "currency": "jpy",
        "description": "STRIPE PAYOUT",
        "destination": "ba_sandbox",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": {},
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed" if automatic else "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "in_transit",
        "trace_id": {"status": "pending", "value": None},
        "type": "bank_account",
    }


def balance(available: int, pending: int) -> Body:
    """What Stripe holds for the authority, in yen."""

    def share(amount: int) -> list[dict[str, Any]]:
        return [{"amount": amount, "currency": "jpy", "source_types": {"card": amount}}]

    return {"object": "balance", "available": share(available), "livemode": False, "pending": share(pending)}
