"""Values that are written out in an expression: texts, numbers, days."""

import ast
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.expressions.compiling.terms import Term
from engine.expressions.errors import error
from engine.expressions.syntax import Source
from engine.expressions.types import BOOLEAN, DATE, NUMBER, TEXT

LARGEST = 30
"""No number of a procedure has more digits before or after the point; a larger power of ten would only cost time."""


def constant(source: Source, node: ast.Constant) -> Term | None:
    """The value that was written; None for what the spec language has no use for."""
    value: Any = node.value
    if isinstance(value, bool):
        return literal(BOOLEAN, value)
    if isinstance(value, str):
        return literal(TEXT, value)
    if not isinstance(value, int | float):
        return None
    number = _exactly(source.code(node) if isinstance(value, float) else str(value))
    if number is None or (number and not -LARGEST <= number.adjusted() <= LARGEST):
        what, fix = "expressions.too_large", "expressions.too_large_fix"
        raise error(what, fix, source.offset(node), limit=LARGEST)
    return literal(NUMBER, number)


def _exactly(text: str) -> Decimal | None:
    """The number as it was written; None where its exponent is beyond what even `Decimal` holds."""
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation:
        return None


def literal(type: Any, value: object) -> Term:
    """A term that is always `value`."""
    return Term(type, lambda _: value, literal=True)


def is_text(term: Term) -> bool:
    """Whether it is a text that was written out, which may still become a date."""
    return term.literal and term.type == TEXT


def written(term: Term) -> Any:
    """The value of a literal, which needs no answers."""
    return term.evaluate(None)  # type: ignore[arg-type]


def as_date(source: Source, node: ast.AST, term: Term) -> Term:
    """The day that a written text spells. Raises `ExpressionError` if it spells none."""
    text = written(term)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        what, fix = "expressions.bad_date", "expressions.bad_date_fix"
        raise error(what, fix, source.offset(node), value=text) from None
    return literal(DATE, day)
