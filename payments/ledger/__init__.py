"""The ledger: append-only double entry, corrected only by reversing."""

from payments.ledger.accounts import (
    BANK,
    BANK_FEE,
    SUNDRY,
    SUSPENSE,
    fee_account,
    in_transit,
    provider_account,
    receivable,
    revenue,
)
from payments.ledger.balances import balances
from payments.ledger.posting import AlreadyPosted, Entry, post, posting_of, reverse
from payments.ledger.years import carry_over, carry_over_due, year_of_receipt

__all__ = [
    "BANK",
    "BANK_FEE",
    "SUNDRY",
    "SUSPENSE",
    "AlreadyPosted",
    "Entry",
    "balances",
    "carry_over",
    "carry_over_due",
    "fee_account",
    "in_transit",
    "post",
    "posting_of",
    "provider_account",
    "receivable",
    "revenue",
    "reverse",
    "year_of_receipt",
]
