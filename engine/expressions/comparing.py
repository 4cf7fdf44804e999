"""Comparisons: which values can be compared, and what comes out when one is unknown."""

import ast
import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from engine.expressions.errors import ExpressionError, error
from engine.expressions.scope import UNKNOWN
from engine.expressions.syntax import Source
from engine.expressions.terms import Evaluate, Term
from engine.expressions.types import DATE, Type
from engine.words import say

ORDERED = frozenset({"number", "date", "text"})
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.eq,
    ast.IsNot: operator.ne,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
}
MEMBERSHIP = (ast.In, ast.NotIn)
EQUALITY = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)


def compare(source: Source, node: ast.Compare, op: ast.cmpop, left: Term, right: Term) -> Evaluate:
    """The closure of one comparison. Raises `ExpressionError` where the types do not go together."""
    if isinstance(op, MEMBERSHIP):
        left, right = _membership(source, node, left, right)
    else:
        left, right = _as_dates(source, node, left, right)
        _check_kinds(source, node, op, left.type, right.type)
        _check_options(source, node, left, right)
    return _evaluate(COMPARISONS[type(op)], left.evaluate, right.evaluate)


def _evaluate(test: Callable[[Any, Any], bool], left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(scope: Any) -> Any:
        one = left(scope)
        if one is UNKNOWN:
            return UNKNOWN
        other = right(scope)
        if other is UNKNOWN or (isinstance(other, list | tuple) and UNKNOWN in other):
            return UNKNOWN
        return test(one, other)

    return evaluate


def as_date(source: Source, node: ast.AST, term: Term) -> Term:
    """A text that was written out becomes the date it spells. Raises `ExpressionError` if it spells none."""
    text = term.evaluate  # a literal ignores its scope
    written = text(None)  # type: ignore[arg-type]
    try:
        day = date.fromisoformat(written)
    except ValueError:
        what, fix = "expressions.bad_date", "expressions.bad_date_fix"
        raise error(what, fix, source.offset(node), value=written) from None
    return Term(DATE, lambda _: day)


def _as_dates(source: Source, node: ast.Compare, left: Term, right: Term) -> tuple[Term, Term]:
    if left.type.kind == "date" and right.literal and right.type.kind == "text":
        return left, as_date(source, node, right)
    if right.type.kind == "date" and left.literal and left.type.kind == "text":
        return as_date(source, node, left), right
    return left, right


def _membership(source: Source, node: ast.Compare, left: Term, right: Term) -> tuple[Term, Term]:
    if right.type.kind in {"text", "anything"} and left.type.fits(right.type):
        return left, right
    if right.type.kind != "list" or not left.type.fits(right.type.element):
        raise _not_comparable(source, node, left.type, right.type)
    element = Term(right.type.element, right.evaluate, right.literal)
    _check_options(source, node, left, element)
    return left, right


def _check_kinds(source: Source, node: ast.Compare, op: ast.cmpop, left: Type, right: Type) -> None:
    if not left.fits(right):
        raise _not_comparable(source, node, left, right)
    if not isinstance(op, EQUALITY) and (left.kind not in ORDERED or right.kind not in ORDERED):
        raise _not_comparable(source, node, left, right)


def _check_options(source: Source, node: ast.Compare, left: Term, right: Term) -> None:
    """A literal that is compared with a choice must be one of its options."""
    for choice, written in ((left, right), (right, left)):
        if not choice.type.options or not written.literal:
            continue
        values = written.evaluate(None)  # type: ignore[arg-type]
        for value in values if isinstance(values, list) else [values]:
            if value not in choice.type.options:
                options = ", ".join(str(option) for option in choice.type.options)
                what, fix = "expressions.no_such_option", "expressions.no_such_option_fix"
                raise error(what, fix, source.offset(node), value=value, options=options)


def _not_comparable(source: Source, node: ast.Compare, left: Type, right: Type) -> ExpressionError:
    what, fix = "expressions.not_comparable", "expressions.not_comparable_fix"
    return error(what, fix, source.offset(node), code=source.code(node), left=named(left), right=named(right))


def named(type: Type) -> dict[str, str]:
    """What the type is called, by language."""
    return {language: say(f"expressions.{type.kind}", language) for language in ("ja", "en")}
