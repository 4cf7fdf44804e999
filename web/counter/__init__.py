"""The counter: cashiers enter what was paid in cash or by card terminal, void mistakes, and pay in at the bank."""

from web.counter import paying, receipts, sheets, voiding
from web.counter.frame import blueprint

__all__ = ["blueprint", "paying", "receipts", "sheets", "voiding"]
