"""Comparisons: which values can be compared, and what comes out when one is unknown."""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.compiling.literals import as_date, is_text, literal, written
from engine.expressions.compiling.terms import Evaluate, Term
from engine.expressions.errors import error, named, suggested
from engine.expressions.scope import UNKNOWN, Scope
from engine.expressions.syntax import Source
from engine.expressions.types import DATE, TEXT, Type, list_of

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
ORDERED = frozenset({"number", "date", "text"})


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what was written, and what it compiled to."""

    node: ast.expr
    term: Term

    @property
    def type(self) -> Type:
        """The type of its value."""
        return self.term.type


def compare(source: Source, whole: ast.Compare, op: ast.cmpop, left: Side, right: Side) -> Evaluate:
    """The closure of one link of `whole`, `left op right`. Raises `ExpressionError`."""
    if isinstance(op, MEMBERSHIP):
        right = _as_dates(source, right, left)
        inside = right.type.element if right.type.kind == "list" else right.type
        comparable = right.type.kind in {"list", "text"} and left.type.fits(inside)
    else:
        left, right = _as_date(source, left, right), _as_date(source, right, left)
        ordered = left.type.kind in ORDERED and right.type.kind in ORDERED
        comparable = left.type.fits(right.type) and (ordered or isinstance(op, EQUALITY))
    if not comparable:
        what, fix = "expressions.not_comparable", "expressions.not_comparable_fix"
        kinds = {"left": named(left.type), "right": named(right.type)}
        raise error(what, fix, source.offset(left.node), code=source.code(whole), **kinds)
    _check_options(source, left, right)
    return _evaluate(COMPARISONS[type(op)], left.term.evaluate, right.term.evaluate)


def _evaluate(test: Callable[[Any, Any], bool], left: Evaluate, right: Evaluate) -> Evaluate:
    def evaluate(scope: Scope) -> Any:
        one = left(scope)
        if one is UNKNOWN:
            return UNKNOWN
        other = right(scope)
        if other is UNKNOWN or (other.__class__ is list and UNKNOWN in other):
            return UNKNOWN
        return test(one, other)

    return evaluate


def _as_date(source: Source, side: Side, other: Side) -> Side:
    """A text that was written out and is compared with a day is one."""
    if other.type.kind == "date" and is_text(side.term):
        return Side(side.node, as_date(source, side.node, side.term))
    return side


def _as_dates(source: Source, side: Side, other: Side) -> Side:
    """Texts that were written out in a list are days where a day is looked for among them."""
    if other.type.kind != "date" or not side.term.literal or not isinstance(side.node, ast.List | ast.Tuple | ast.Set):
        return side
    if side.type.element.kind != "text":
        return side
    spelled = zip(side.node.elts, written(side.term), strict=True)
    days = [written(as_date(source, node, literal(TEXT, text))) for node, text in spelled]
    return Side(side.node, literal(list_of(DATE), days))


def _check_options(source: Source, left: Side, right: Side) -> None:
    """A value that was written out and is compared with a choice must be one of its options."""
    for choice, side in ((left.type, right), (right.type, left)):
        options = choice.options or choice.element.options
        if not options or not side.term.literal:
            continue
        value = written(side.term)
        for one in value if isinstance(value, list) else [value]:
            if one not in options:
                what, fix = "expressions.no_such_option", "expressions.no_such_option_fix"
                names = suggested(str(one), [str(option) for option in options])
                raise error(what, fix, source.offset(side.node), value=one, options=names)
