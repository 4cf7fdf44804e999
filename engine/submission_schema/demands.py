"""What must be answered when, and what must not: conditions of steps, fields and options as JSON Schema."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.submission_schema.conditions import Truth
from engine.submission_schema.formulas import (
    ALWAYS,
    NOT_AT_ALL,
    UNSAYABLE,
    Constant,
    Formula,
    Level,
    both,
    bound,
    opposite,
)
from engine.submission_schema.placing import MOST_CASES, cases, outermost, place


@dataclass(frozen=True, slots=True)
class Demand:
    """A field of the object `target`: asked while `shown` holds, and then needed while `needed` does."""

    target: Level
    id: str
    shown: Formula
    needed: Formula

    @classmethod
    def of(cls, target: Level, id: str, shown: Formula, optional: Truth) -> "Demand":
        """With a formula for `optional`; what would be too long to say counts as unsayable."""
        shown = sayable(shown, target)
        return cls(target, id, shown, sayable(both(shown, opposite(optional.true)), target))

    @property
    def always(self) -> bool:
        """Whether it must be answered whatever else is."""
        return self.needed == ALWAYS


def sayable(formula: Formula, target: Level) -> Formula:
    """The formula, if it does not need too many cases."""
    narrow, wide = bound(formula, holds=False), bound(formula, holds=True)
    return formula if max(cases(narrow, target), cases(wide, target)) <= MOST_CASES else UNSAYABLE


def required(demands: Iterable[Demand]) -> list[str]:
    """Those that must be answered in any case."""
    return [demand.id for demand in demands if demand.always]


def conditional(demands: Iterable[Demand]) -> Iterator[tuple[Level, Any]]:
    """A schema and the object it belongs to for everything else; fields under one condition together."""
    alike: dict[str, list[Demand]] = {}
    for demand in demands:
        if demand.shown != ALWAYS or demand.needed not in (ALWAYS, NOT_AT_ALL):
            alike.setdefault(repr((demand.target, demand.shown, demand.needed)), []).append(demand)
    for group in alike.values():
        yield from _together(group[0], [demand.id for demand in group])


def _together(one: Demand, ids: list[str]) -> Iterator[tuple[Level, Any]]:
    need, hide = {"required": ids}, {"properties": dict.fromkeys(ids, False)}
    shown, needed = bound(one.shown, holds=True), bound(one.needed, holds=False)
    if needed == shown:
        yield from unless_nothing(shown, one.target, need, hide)
    else:
        yield from unless_nothing(needed, one.target, need, {})
        yield from unless_nothing(shown, one.target, {}, hide)


def unless_nothing(formula: Formula, target: Level, yes: Any, no: Any) -> Iterator[tuple[Level, Any]]:
    """If the formula holds, the object `target` is as `yes`, else as `no`."""
    if not (isinstance(formula, Constant) and (yes if formula.value else no) == {}):
        level = outermost(formula, target)
        yield level, place(formula, level, target, yes, no)
