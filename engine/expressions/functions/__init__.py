"""The functions of the spec language: one table, one entry a function."""

from collections.abc import Mapping

from engine.expressions.functions import aggregates, days, opening, periods, rounding, texts
from engine.expressions.functions.base import Function

FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for module in (aggregates, rounding, days, periods, opening, texts)
    for function in module.FUNCTIONS
}

__all__ = ["FUNCTIONS", "Function"]
