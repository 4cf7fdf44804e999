"""The body of a balance transaction: one movement of the authority's money at Stripe."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payments.sandbox.store import Body

DAY = 86_400
DAYS_UNTIL_AVAILABLE = 4
# What Stripe keeps of a payment, per mille; a sandbox's figures, not a price list.
FEE_PER_MILLE: Mapping[str, int] = {"card": 36, "konbini": 36, "paypay": 36}
# What a type is called in reports where that is another word (Stripe: reporting categories).
CATEGORIES: Mapping[str, str] = {
    "adjustment": "other_adjustment",
    "payment": "charge",
    "payment_failure_refund": "charge_failure",
    "payment_refund": "refund",
    "payout_cancel": "payout_reversal",
    "payout_failure": "payout_reversal",
    "stripe_fee": "fee",
    "tax_fee": "tax",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a movement is described: its reporting category where the type does not say it, in words, and its fee."""

    category: str | None = None
    description: str | None = None
    fee: str = "Stripe processing fees"


PLAIN = Wording()


def fee_of(method: str, amount: int) -> int:
    """The provider's fee in yen, rounded half up."""
    return (amount * FEE_PER_MILLE[method] + 500) // 1000


def balance_transaction(
    transaction_id: str,
    created: int,
    source: str | None,
    kind: str,
    amount: int,
    fee: int = 0,
    *,
    available_on: int,
    wording: Wording = PLAIN,
) -> Body:
    """A movement of `amount` yen (negative: out of the balance), of which Stripe keeps `fee` (negative: gives back)."""
    details: dict[str, Any] = {
        "amount": fee,
        "application": None,
        "currency": "jpy",
        "description": wording.fee,
        "type": "stripe_fee",
    }
    return {
        "id": transaction_id,
        "object": "balance_transaction",
        "amount": amount,
        "available_on": available_on,
        "balance_type": "payments",
        "created": created,
        "currency": "jpy",
        "description": wording.description,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [details] if fee else [],
        "net": amount - fee,
        "reporting_category": wording.category or CATEGORIES.get(kind, kind),
        "source": source,
        "status": "available" if available_on <= created else "pending",
        "type": kind,
    }
