"""What a case costs: counted, priced by the rates in force, never guessed."""

from engine.fees.quoted import FeeQuote, QuotedLine
from engine.fees.quoting import NoRate, UnknownFee, pay_by, quote

__all__ = ["FeeQuote", "NoRate", "QuotedLine", "UnknownFee", "pay_by", "quote"]
