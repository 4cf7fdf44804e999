"""What an answer may be: one of some values, or something between two limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from engine.model import Field

Value = str | bool | Decimal
Limit = tuple[Decimal | None, bool]
"""A limit and whether it is open, that is, not itself among the values."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The values left: those of `values` (None: any) between `low` and `high`, without `excluded`.

    Limits are numbers, inclusive unless open; where `whole`, only whole numbers count.
    """

    values: frozenset[Value] | None = None
    excluded: frozenset[Value] = frozenset()
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether no value is left."""
        if self.values is not None:
            return not any(self._admits(value) for value in self.values)
        if self.low is None or self.high is None:
            return False
        low, high = self._inner()
        if low > high or (low == high and (self.low_open or self.high_open) and not self.whole):
            return True
        if self.whole and high - low < len(self.excluded):  # so few that all of them may be excluded
            return all(low + step in self.excluded for step in range(int(high - low) + 1))
        return low == high and low in self.excluded

    def meet(self, other: Domain) -> Domain:
        """The values in both."""
        values = self.values if other.values is None else other.values
        if self.values is not None and other.values is not None:
            values = self.values & other.values
        low, low_open = _stricter((self.low, self.low_open), (other.low, other.low_open), above=True)
        high, high_open = _stricter((self.high, self.high_open), (other.high, other.high_open), above=False)
        return Domain(values, self.excluded | other.excluded, low, high, low_open, high_open, self.whole or other.whole)

    def _admits(self, value: Value) -> bool:
        if value in self.excluded:
            return False
        if not isinstance(value, Decimal):
            return True
        point = Domain(low=value, high=value)
        return not replace(self, values=None).meet(point).empty

    def _inner(self) -> tuple[Decimal, Decimal]:
        assert self.low is not None  # noqa: S101 - only called where both limits are set
        assert self.high is not None  # noqa: S101
        if not self.whole:
            return self.low, self.high
        low = self.low.to_integral_value("ROUND_CEILING")
        high = self.high.to_integral_value("ROUND_FLOOR")
        low += 1 if self.low_open and low == self.low else 0
        high -= 1 if self.high_open and high == self.high else 0
        return low, high


ANY = Domain()


def of_field(field: Field) -> Domain:
    """What an answer to `field` may be, as far as options, type and limits tell; days are numbers here."""
    if field.options and field.items is None:
        return Domain(values=frozenset(_value(option.value) for option in field.options))
    if field.schema.get("type") == "boolean":
        return Domain(values=frozenset({True, False}))
    least = Domain(low=limit_of(field, "minimum"), high=limit_of(field, "maximum"), whole=is_whole(field))
    above, below = limit_of(field, "exclusiveMinimum"), limit_of(field, "exclusiveMaximum")
    return least.meet(Domain(low=above, high=below, low_open=above is not None, high_open=below is not None))


def of_length(field: Field) -> Domain:
    """How many items a list may have, or how many characters a text."""
    least, most = ("minItems", "maxItems") if field.schema.get("type") == "array" else ("minLength", "maxLength")
    return Domain(low=limit_of(field, least) or Decimal(0), high=limit_of(field, most), whole=True)


def is_day(field: Field) -> bool:
    """Whether an answer to `field` is a day in expressions."""
    return field.type.value_type(field).kind == "date"


def is_whole(field: Field) -> bool:
    """Whether there is nothing between one answer and the next."""
    return field.schema.get("type") == "integer" or is_day(field)


def of_day(day: date) -> Decimal:
    """A day as a number, so that earlier is less."""
    return Decimal(day.toordinal())


def limit_of(field: Field, keyword: str) -> Decimal | None:
    """A number of the schema, or a day that is written out; limits that move (`today`) are none."""
    limit = field.schema.get(keyword)
    if isinstance(limit, int | float) and not isinstance(limit, bool):
        return Decimal(str(limit))
    try:
        return of_day(date.fromisoformat(field.settings[keyword])) if is_day(field) else None
    except (KeyError, TypeError, ValueError):
        return None


def of_comparison(operator: str, value: Value) -> Domain:
    """The values `x` for which `x operator value` holds; anything where that cannot be told."""
    if operator == "==":
        return Domain(values=frozenset({value}))
    if operator == "!=":
        return Domain(excluded=frozenset({value}))
    if not isinstance(value, Decimal):
        return ANY
    if operator in {">", ">="}:
        return Domain(low=value, low_open=operator == ">")
    return Domain(high=value, high_open=operator == "<")


def _value(plain: Any) -> Value:
    return Decimal(plain) if isinstance(plain, int) and not isinstance(plain, bool) else plain


def _stricter(one: Limit, other: Limit, *, above: bool) -> Limit:
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    first_wins = one[0] > other[0] if above else one[0] < other[0]
    return one if first_wins else other
