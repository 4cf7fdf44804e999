"""Values that were written out in an expression, as JSON has them."""

import ast
from datetime import date
from decimal import Decimal
from typing import Any

MOST = 2**53
"""Up to here every whole number is a JSON number that all readers take exactly (RFC 8259 §6)."""

DIGITS = 16
"""A decimal fraction of so many signs may not be the one that Python keeps."""


def written(node: ast.expr) -> Any:
    """A text, number, truth value, or a list of such; ValueError for anything else."""
    match node:
        case ast.Constant(value=bool() | str() as value):
            return value
        case ast.Constant(value=int() | float() as number) if _read_exactly(node):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number) as inner):
            if _read_exactly(inner):
                return -number
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return [written(part) for part in parts]
    raise ValueError(node)


def _read_exactly(node: ast.Constant) -> bool:
    """Whether Python's reading of a number can be the one that was written: it keeps only so many digits."""
    width: int = (node.end_col_offset or 0) - node.col_offset
    return isinstance(node.value, int) or width < DIGITS


def number(value: Any) -> int | float | None:
    """As a number that JSON carries exactly; None where it would not be the one that was written."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(str(value))
    if abs(exact) > MOST:
        return None
    if exact == exact.to_integral_value():
        return int(exact)
    return float(exact) if Decimal(repr(float(exact))) == exact else None


def day(value: Any) -> date | None:
    """The day that a text spells."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
