"""A cell as a condition of the spec language, which can be explained and reasoned about like any other."""

import ast
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from engine.tables.cells import Band, Cell, Not, OneOf


def condition(cell: Cell, subject: ast.expr) -> ast.expr | None:
    """What `cell` asks of `subject`; None where any value will do."""
    match cell:
        case Not(inner=OneOf(values=values)) if len(values) != 1:
            return _compare(subject, ast.NotIn(), _tuple(values)) if values else None
        case Not(inner=OneOf(values=(value,))):
            return _equal(subject, value, equal=False)
        case Not(inner=inner):
            asked = condition(inner, subject)
            return ast.Constant(value=False) if asked is None else ast.UnaryOp(ast.Not(), asked)
        case OneOf(values=(value,)):
            return _equal(subject, value, equal=True)
        case OneOf(values=values):
            return _compare(subject, ast.In(), _tuple(values))
    return both(_limits(cell, subject))


def both(conditions: Sequence[ast.expr | None]) -> ast.expr | None:
    """All of them together; None where there is none."""
    asked: list[ast.expr] = []
    for one in conditions:
        if isinstance(one, ast.BoolOp) and isinstance(one.op, ast.And):
            asked += one.values
        elif one is not None:
            asked.append(one)
    if len(asked) < 2:  # noqa: PLR2004 - nothing to join
        return asked[0] if asked else None
    return ast.BoolOp(ast.And(), asked)


def _limits(band: Band, subject: ast.expr) -> list[ast.expr]:
    if band.low is not None and band.low == band.high and not (band.low_open or band.high_open):
        return [_equal(subject, band.low, equal=True)]
    found = []
    if band.low is not None:
        found.append(_compare(subject, ast.Gt() if band.low_open else ast.GtE(), _constant(band.low)))
    if band.high is not None:
        found.append(_compare(subject, ast.Lt() if band.high_open else ast.LtE(), _constant(band.high)))
    return found


def _equal(subject: ast.expr, value: Any, *, equal: bool) -> ast.expr:
    """Of a truth value one says that it holds or not."""
    if isinstance(value, bool):
        return subject if value is equal else ast.UnaryOp(ast.Not(), subject)
    return _compare(subject, ast.Eq() if equal else ast.NotEq(), _constant(value))


def _compare(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    return ast.Compare(left, [operator], [right])


def _tuple(values: Sequence[Any]) -> ast.expr:
    return ast.Tuple([_constant(value) for value in values], ast.Load())


def _constant(value: Any) -> ast.expr:
    if isinstance(value, date):
        return ast.Constant(value=value.isoformat())
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return ast.Constant(value=int(value))
    return ast.Constant(value=value)
