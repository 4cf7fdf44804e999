"""Fees: lines with their prices, reductions, limits, when they are due; and tariffs that procedures share."""

from engine.language.procedure.money.tariffs import TARIFF
from engine.language.procedure.money.whole import FEES

__all__ = ["FEES", "TARIFF"]
