"""The functions of the spec language: one table, one entry a function."""

from collections.abc import Mapping

from engine.expressions.functions import aggregates, days, rounding
from engine.expressions.functions.base import Function

FUNCTIONS: Mapping[str, Function] = {
    function.name: function for function in (*aggregates.FUNCTIONS, *rounding.FUNCTIONS, *days.FUNCTIONS)
}

__all__ = ["FUNCTIONS", "Function"]
