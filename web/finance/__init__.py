"""Finance: the money of a day, and the whole story of one charge."""

from web.finance import charges, closing, days, entries, giving_back, payable, searching, today, totals
from web.finance.frame import blueprint

__all__ = [
    "blueprint",
    "charges",
    "closing",
    "days",
    "entries",
    "giving_back",
    "payable",
    "searching",
    "today",
    "totals",
]
