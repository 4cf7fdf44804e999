"""What a case costs: counted, priced by the rates in force, never guessed."""

from engine.fees.asking import Offered, offered
from engine.fees.quoted import Adjustment, AskedWaiver, FeeQuote, QuotedLine, QuotedWaiver
from engine.fees.quoting import Days, NoRate, UnknownFee, pay_by, quote
from engine.fees.waiving import spread

__all__ = [
    "Adjustment",
    "AskedWaiver",
    "Days",
    "FeeQuote",
    "NoRate",
    "Offered",
    "QuotedLine",
    "QuotedWaiver",
    "UnknownFee",
    "offered",
    "pay_by",
    "quote",
    "spread",
]
