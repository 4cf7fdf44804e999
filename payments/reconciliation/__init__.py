"""Matching charges, ledger and the provider's transactions, three ways."""

from payments.reconciliation.compare import Mismatch, Reconciliation, compare
from payments.reconciliation.importing import import_transactions

__all__ = ["Mismatch", "Reconciliation", "compare", "import_transactions"]
