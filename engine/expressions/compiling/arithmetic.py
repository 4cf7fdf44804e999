"""Arithmetic on exact decimals, with Python's sign rules; what has no result is unknown."""

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException, localcontext

from engine.expressions.scope import UNKNOWN, Unknown

DIGITS = 50  # more than any fee, area or share needs, so that division loses nothing that rounding would see
LARGEST_EXPONENT = 9999
PLACES = 20
FINEST = Decimal(1).scaleb(-PLACES)


def _floor_divide(left: Decimal, right: Decimal) -> Decimal:
    """Towards minus infinity as in Python; `Decimal` itself cuts towards zero."""
    quotient, rest = divmod(left, right)
    return quotient - 1 if rest and (rest < 0) != (right < 0) else quotient


def _modulo(left: Decimal, right: Decimal) -> Decimal:
    rest = left % right
    return rest + right if rest and (rest < 0) != (right < 0) else rest


OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
    ast.FloorDiv: _floor_divide,
    ast.Mod: _modulo,
}


def settled(value: Decimal) -> Decimal:
    """Without what a division left over beyond 20 places: 300 × 1/3 is 100, and rounding it up shall not give 101.

    For use within `calculate`.
    """
    return value.quantize(FINEST) if value.adjusted() < DIGITS - PLACES else value


def calculate(operate: Callable[..., Decimal], *values: Decimal | Unknown) -> Decimal | Unknown:
    """The result; unknown if a part is, or if there is none (division by zero, beyond all bounds)."""
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    with localcontext(prec=DIGITS, Emin=-LARGEST_EXPONENT, Emax=LARGEST_EXPONENT):
        try:
            return operate(*values)
        except DecimalException:
            return UNKNOWN
