"""The tables of money."""

from payments.models.bank import BankFile, BankLine, BankMatch, BankStatement
from payments.models.charges import Charge, Checkout, CheckoutCharge
from payments.models.closings import ClosingHead, DayClosing
from payments.models.counter import CounterDeposit, CounterEntry, CounterVoid
from payments.models.discrepancies import Discrepancy, DiscrepancyNote, DiscrepancyProposal
from payments.models.disputes import Dispute, DisputeMovement
from payments.models.ledger import LedgerAccount, LedgerEntry, LedgerPosting, LedgerWhole
from payments.models.links import PayLink
from payments.models.payouts import Payout, PayoutItem
from payments.models.provider import Payment, PaymentShare, ProviderEvent, ProviderImport, ProviderTransaction
from payments.models.receipts import Receipt, ReceiptCancellation, ReceiptCopy
from payments.models.refunds import Refund, RefundPart

__all__ = [
    "BankFile",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "Charge",
    "Checkout",
    "CheckoutCharge",
    "ClosingHead",
    "CounterDeposit",
    "CounterEntry",
    "CounterVoid",
    "DayClosing",
    "Discrepancy",
    "DiscrepancyNote",
    "DiscrepancyProposal",
    "Dispute",
    "DisputeMovement",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerPosting",
    "LedgerWhole",
    "PayLink",
    "Payment",
    "PaymentShare",
    "Payout",
    "PayoutItem",
    "ProviderEvent",
    "ProviderImport",
    "ProviderTransaction",
    "Receipt",
    "ReceiptCancellation",
    "ReceiptCopy",
    "Refund",
    "RefundPart",
]
