"""Hit policies: which of the rows that match count, and what comes of them. Names after DMN, in our words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from engine.expressions.compiling.arithmetic import calculate
from engine.expressions.compiling.logic import Truth
from engine.expressions.scope import UNKNOWN, Unknown
from engine.expressions.types import NUMBER, Kind, Type, list_of

T = TypeVar("T")
Marks = Iterator[tuple[T, Truth]]
"""Rows that match or may, in their order, each with which it is; evaluated only as far as they are asked for."""
Choose = Callable[[Marks[Any]], list[Any] | Unknown]
Combine = Callable[[Sequence[Any]], Any]
Result = Callable[[Type], Type]


class Nothing(Enum):
    """The type of `NOTHING`."""

    NOTHING = "nothing"


NOTHING = Nothing.NOTHING
"""No row matches: the table says nothing, unless it has an `otherwise`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One policy. `choose` gives the rows that count (UNKNOWN: that is open), `combine` the value of theirs.

    `single`: the value is that of one row, so its type is theirs; `kinds` are those of outputs that can be combined.
    `result` gives the type of the value from that of the outputs.
    """

    name: str
    doc: Mapping[str, str]
    choose: Choose
    combine: Combine
    result: Result
    single: bool = True
    kinds: frozenset[Kind] = frozenset()


def _of_one(marks: Marks[T]) -> list[T] | Unknown:
    """Every row that matches; where none does yet, but one may, that is open."""
    hits, open_rows = _split(marks)
    return UNKNOWN if open_rows and not hits else hits


def _of_all(marks: Marks[T]) -> list[T] | Unknown:
    """Every row that matches, once that is known of all."""
    hits, open_rows = _split(marks)
    return UNKNOWN if open_rows else hits


def _first(marks: Marks[T]) -> list[T] | Unknown:
    """The first row that matches, once it is known that none before it does."""
    for row, truth in marks:
        return UNKNOWN if truth is UNKNOWN else [row]
    return []


def _split(marks: Marks[T]) -> tuple[list[T], bool]:
    hits, open_rows = [], False
    for row, truth in marks:
        if truth is True:
            hits.append(row)
        open_rows = open_rows or truth is UNKNOWN
    return hits, open_rows


def _agreed(values: Sequence[Any]) -> Any:
    """The one value; where rows disagree there is none: on money, stop rather than guess."""
    if not values:
        return NOTHING
    return values[0] if all(value == values[0] for value in values) else UNKNOWN


def _alone(values: Sequence[Any]) -> Any:
    return UNKNOWN if len(values) > 1 else _agreed(values)


def _foremost(values: Sequence[Any]) -> Any:
    """Of values that the table's `order` has put into their order."""
    return values[0] if values else NOTHING


def _collected(values: Sequence[Any]) -> Any:
    return list(values)


def _counted(values: Sequence[Any]) -> Any:
    return Decimal(len(values))


def _added(values: Sequence[Any]) -> Any:
    return calculate(lambda *numbers: sum(numbers, Decimal(0)), *values) if values else NOTHING


def _extreme(choose: Callable[..., Any]) -> Combine:
    def combine(values: Sequence[Any]) -> Any:
        return UNKNOWN if UNKNOWN in values else choose(values, default=NOTHING)

    return combine


def _same(type: Type) -> Type:
    return type


NUMBERS: frozenset[Kind] = frozenset({"number"})
ORDERED: frozenset[Kind] = frozenset({"number", "date"})


def _hit(name: str, ja: str, en: str, choose: Choose, combine: Combine, result: Result = _same, **more: Any) -> Hit:
    return Hit(name, {"ja": ja, "en": en}, choose, combine, result, **more)


_ALL: tuple[Hit, ...] = (
    _hit("unique", "当てはまる行は一つだけ", "Exactly one row matches", _of_one, _alone),
    _hit("any", "当てはまる行の値はみな同じ", "Rows that match agree", _of_one, _agreed),
    _hit("first", "上から最初に当てはまる行", "The first row that matches", _first, _agreed),
    _hit("narrowest", "最も狭く当てはまる行", "The most specific row that matches", _first, _agreed),
    _hit("priority", "order で先に書いた値", "The value that `order` names first", _of_all, _foremost),
    _hit(
        "collect", "当てはまる行の値すべて", "The values of all that match", _of_all, _collected, list_of, single=False
    ),
    _hit("sum", "当てはまる行の合計", "Their total", _of_all, _added, single=False, kinds=NUMBERS),
    _hit("min", "当てはまる行の最小", "The smallest of them", _of_all, _extreme(min), single=False, kinds=ORDERED),
    _hit("max", "当てはまる行の最大", "The largest of them", _of_all, _extreme(max), single=False, kinds=ORDERED),
    _hit("count", "当てはまる行の数", "How many match", _of_all, _counted, lambda _: NUMBER, single=False),
)
HITS: Mapping[str, Hit] = {hit.name: hit for hit in _ALL}
