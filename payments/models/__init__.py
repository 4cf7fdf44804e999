"""The tables of money."""

from payments.models.charges import Charge, Checkout
from payments.models.discrepancies import Discrepancy
from payments.models.ledger import LedgerAccount, LedgerEntry, LedgerPosting
from payments.models.provider import Payment, ProviderEvent, ProviderImport, ProviderTransaction

__all__ = [
    "Charge",
    "Checkout",
    "Discrepancy",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerPosting",
    "Payment",
    "ProviderEvent",
    "ProviderImport",
    "ProviderTransaction",
]
