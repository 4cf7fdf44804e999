"""Finance: the money of a day, and the whole story of one charge."""

from web.finance import (
    bank,
    charges,
    closing,
    days,
    discrepancy,
    entries,
    giving_back,
    payable,
    searching,
    today,
    totals,
    worklist,
)
from web.finance.frame import blueprint

__all__ = [
    "bank",
    "blueprint",
    "charges",
    "closing",
    "days",
    "discrepancy",
    "entries",
    "giving_back",
    "payable",
    "searching",
    "today",
    "totals",
    "worklist",
]
