"""The ledger: append-only double entry, corrected only by reversing."""

from payments.ledger.accounts import BANK, SUSPENSE, fee_account, provider_account, receivable, revenue
from payments.ledger.balances import balances
from payments.ledger.posting import AlreadyPosted, Entry, post, posting_of, reverse

__all__ = [
    "BANK",
    "SUSPENSE",
    "AlreadyPosted",
    "Entry",
    "balances",
    "fee_account",
    "post",
    "posting_of",
    "provider_account",
    "receivable",
    "revenue",
    "reverse",
]
