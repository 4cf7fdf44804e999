"""Matching charges, ledger, the provider's transactions and payouts, and the bank's lines."""

from payments.reconciliation.compare import Reconciliation, compare
from payments.reconciliation.importing import import_transactions
from payments.reconciliation.mismatches import Mismatch

__all__ = ["Mismatch", "Reconciliation", "compare", "import_transactions"]
