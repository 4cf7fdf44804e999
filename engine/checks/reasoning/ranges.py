"""Between which limits a number must lie whatever is answered, and whether it is always whole."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from engine.checks.reasoning.domains import of_field, of_length
from engine.checks.reasoning.references import Scope, field_of
from engine.expressions import Expression
from engine.tables import Table

ZERO, ONE = Decimal(0), Decimal(1)
WHOLE_AND_NOT_BELOW_0 = frozenset({"count", "age_on", "months_started", "calendar_months"})
WHOLE = frozenset({"business_days", "days_between", "fiscal_year", "month", "months_between", "year", "years_between"})
ADDING = frozenset({"sum", "collect", "count"})
ROUNDINGS = frozenset({"round_down", "round_up", "round_half_up"})


@dataclass(frozen=True, slots=True)
class Range:
    """Inclusive limits; None where nothing limits it."""

    low: Decimal | None = None
    high: Decimal | None = None
    whole: bool = False

    def join(self, other: Range) -> Range:
        """What is in one or the other."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Range(low, high, self.whole and other.whole)

    def negated(self) -> Range:
        """Below what it was above."""
        return Range(_minus(self.high), _minus(self.low), self.whole)


ANYTHING = Range()


@dataclass(frozen=True, slots=True)
class Ranges:
    """Reasons about numbers of one procedure. It may leave more room than there is, never less.

    `named` are expressions that others use by name; `scope` the fields that can be named.
    """

    scope: Scope
    named: Mapping[str, Expression | Table]

    def of(self, value: Expression | Table) -> Range:
        """The limits of an expression, or of all that a table can give."""
        if isinstance(value, Expression):
            return self.reach(value.syntax.tree)
        if value.hit.name in ADDING:
            return ANYTHING
        outputs = [self._given(row.output) for row in value.every_row()]
        return reduce(Range.join, outputs)

    def _given(self, output: Any) -> Range:
        if isinstance(output, Decimal):
            return Range(output, output, output == output.to_integral_value())
        return self.of(output) if isinstance(output, Expression) else ANYTHING

    def reach(self, node: ast.expr) -> Range:  # noqa: PLR0911 - one way out for each kind of part
        """The limits of a part of one."""
        match node:
            case ast.Constant(value=bool() | str()):
                return ANYTHING
            case ast.Constant(value=int() | float() as written):
                number = Decimal(str(written))
                return Range(number, number, number == number.to_integral_value())
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return self.reach(inner).negated()
            case ast.BinOp(op=op, left=left, right=right):
                return _calculated(op, self.reach(left), self.reach(right))
            case ast.IfExp(body=body, orelse=orelse):
                return self.reach(body).join(self.reach(orelse))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._called(name, arguments)
            case ast.Name(id=name) if name not in self.scope and name in self.named:
                return self.of(self.named[name])
        return self._answer(node)

    def _answer(self, node: ast.expr) -> Range:
        field = field_of(node, self.scope)
        if field is None:
            return ANYTHING
        domain = of_field(field)
        values = [value for value in domain.values or () if isinstance(value, Decimal)]
        if values:
            return Range(min(values), max(values), all(value == value.to_integral_value() for value in values))
        return Range(domain.low, domain.high, domain.whole)

    def _called(self, name: str, arguments: list[ast.expr]) -> Range:  # noqa: PLR0911 - one for each kind of function
        if name == "len":
            field = field_of(arguments[0], self.scope)
            length = of_length(field) if field is not None else None
            return Range(ZERO, None, whole=True) if length is None else Range(length.low, length.high, whole=True)
        if name in WHOLE_AND_NOT_BELOW_0:
            return Range(ZERO, None, whole=True)
        if name in WHOLE:
            return Range(whole=True)
        if name in {"min", "max"} and len(arguments) > 1:
            return _extreme(name, [self.reach(argument) for argument in arguments])
        if name in ROUNDINGS or name == "per":
            return self._rounded(name, arguments)
        if name == "sum" and isinstance(arguments[0], ast.GeneratorExp | ast.ListComp):
            return self._summed(arguments[0])
        if name == "total":
            return self._totalled(arguments)
        return ANYTHING

    def _rounded(self, name: str, arguments: list[ast.expr]) -> Range:
        """Rounding keeps a number on its side of 0, and moves it by less than a unit."""
        value, unit = (
            self.reach(arguments[0]),
            self.reach(arguments[1]) if len(arguments) > 1 else Range(ONE, ONE, whole=True),
        )
        low = ZERO if value.low is not None and value.low >= ZERO else None
        return Range(low, None, whole=name == "per" or unit.whole)

    def _totalled(self, arguments: list[ast.expr]) -> Range:
        """Of several: any of them may be left out."""
        match arguments:
            case [ast.GeneratorExp() | ast.ListComp() as each]:
                return self._summed(each)
            case [ast.Name() | ast.Attribute() as one] if field_of(one, self.scope) is None:
                return ANYTHING
        parts = [self.reach(argument).join(Range(ZERO, ZERO, whole=True)) for argument in arguments]
        return reduce(lambda one, other: _calculated(ast.Add(), one, other), parts)

    def _summed(self, each: ast.GeneratorExp | ast.ListComp) -> Range:
        loop = each.generators[0]
        listed = field_of(loop.iter, self.scope)
        if listed is None or listed.items is None or not isinstance(loop.target, ast.Name):
            return ANYTHING
        item = Ranges({**self.scope, loop.target.id: listed.items}, self.named).reach(each.elt)
        return Range(ZERO if item.low is not None and item.low >= ZERO else None, None, item.whole)


def _calculated(op: ast.operator, left: Range, right: Range) -> Range:
    whole = left.whole and right.whole
    if isinstance(op, ast.Add):
        return Range(_both(left.low, right.low), _both(left.high, right.high), whole)
    if isinstance(op, ast.Sub):
        return _calculated(ast.Add(), left, right.negated())
    if isinstance(op, ast.Mult):
        return _product(left, right, whole=whole)
    if isinstance(op, ast.Div):
        not_negative = _not_negative(left) and _not_negative(right)
        return Range(ZERO if not_negative else None)
    if isinstance(op, ast.FloorDiv):
        return Range(ZERO if _not_negative(left) and _not_negative(right) else None, None, whole=True)
    rest = right.join(Range(ZERO, ZERO, whole=True))  # it has the sign of the divisor, and is smaller
    return Range(rest.low, rest.high, whole)


def _product(left: Range, right: Range, *, whole: bool) -> Range:
    """Of limits that are all known, the outermost products; else only that neither is below 0 helps."""
    ends = [_times(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    known = [end for end in ends if end is not None]
    if len(known) == len(ends):
        return Range(min(known), max(known), whole)
    return Range(_times(left.low, right.low) if _not_negative(left) and _not_negative(right) else None, None, whole)


def _extreme(name: str, parts: list[Range]) -> Range:
    """The least is at most the least known upper limit; its lower limit must be known of all. Likewise the greatest."""
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    whole = all(part.whole for part in parts)
    if name == "min":
        return Range(min(lows) if len(lows) == len(parts) else None, min(highs, default=None), whole)
    return Range(max(lows, default=None), max(highs) if len(highs) == len(parts) else None, whole)


def _not_negative(one: Range) -> bool:
    return one.low is not None and one.low >= ZERO


def _minus(limit: Decimal | None) -> Decimal | None:
    return None if limit is None else -limit


def _both(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def _times(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one * other
