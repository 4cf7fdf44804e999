"""What a case costs: counted, priced by the rates in force, never guessed."""

from engine.fees.quoted import Adjustment, FeeQuote, QuotedLine, QuotedWaiver
from engine.fees.quoting import Days, NoRate, UnknownFee, pay_by, quote
from engine.fees.waiving import spread

__all__ = [
    "Adjustment",
    "Days",
    "FeeQuote",
    "NoRate",
    "QuotedLine",
    "QuotedWaiver",
    "UnknownFee",
    "pay_by",
    "quote",
    "spread",
]
