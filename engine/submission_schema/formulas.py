"""What must hold, as a formula over JSON Schemas: each part is one schema at one object of the submission."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

Level = tuple[str, ...]
"""The object in which a schema is read: () is the whole submission, ("dogs", "*") any item of that list."""

Schema = dict[str, Any] | bool
DEEPEST = 1_000


@dataclass(frozen=True, slots=True)
class Constant:
    """True or false whatever is answered."""

    value: bool


@dataclass(frozen=True, slots=True)
class Unsayable:
    """What no JSON Schema says: it may hold or not."""


@dataclass(frozen=True, slots=True)
class Part:
    """That the object at `level` is valid against `schema`."""

    level: Level
    schema: Any


@dataclass(frozen=True, slots=True)
class Joined:
    """That all or any of the parts hold; parts of one level are joined among themselves first."""

    how: Literal["allOf", "anyOf"]
    parts: "tuple[Formula, ...]"


Formula = Constant | Unsayable | Part | Joined
ALWAYS, NOT_AT_ALL, UNSAYABLE = Constant(value=True), Constant(value=False), Unsayable()


def both(*parts: Formula) -> Formula:
    """All of them."""
    return _join("allOf", parts, NOT_AT_ALL)


def either(*parts: Formula) -> Formula:
    """At least one of them."""
    return _join("anyOf", parts, ALWAYS)


def opposite(formula: Formula) -> Formula:
    """That it does not hold."""
    match formula:
        case Constant(value):
            return Constant(not value)
        case Part(level, schema):
            return Part(level, _without(schema))
        case Joined(how, parts):
            return (either if how == "allOf" else both)(*map(opposite, parts))
    return formula


def _without(schema: Any) -> Schema:
    return schema["not"] if isinstance(schema, dict) and schema.keys() == {"not"} else {"not": schema}


def _join(how: Literal["allOf", "anyOf"], parts: Iterable[Formula], decisive: Constant) -> Formula:
    """Without what does not matter, and in groups of one level: each can then be written as one schema."""
    flat: list[Formula] = []
    for part in parts:
        for one in part.parts if isinstance(part, Joined) and part.how == how else (part,):
            if one == decisive:
                return decisive
            if not isinstance(one, Constant) and one not in flat:
                flat.append(one)
    groups: list[Formula] = []
    for level, same in groupby(sorted(flat, key=_rank), key=level_of):
        group = tuple(same)
        groups += group if level is None or len(group) == 1 else [Joined(how, group)]
    if len(groups) == 1:
        return groups[0]
    return Joined(how, tuple(groups)) if groups else Constant(not decisive.value)


def _rank(formula: Formula) -> tuple[int, Level]:
    """Outer levels first; what is of no single level last."""
    level = level_of(formula)
    return (DEEPEST, ()) if level is None else (len(level), level)


def level_of(formula: Formula) -> Level | None:
    """The one level of all its parts; None where there are several, or something unsayable."""
    match formula:
        case Part(level):
            return level
        case Joined(_, parts):
            levels = {level_of(part) for part in parts}
            return levels.pop() if len(levels) == 1 else None
    return None


def levels_of(formula: Formula) -> frozenset[Level]:
    """Every level that it speaks of."""
    match formula:
        case Part(level):
            return frozenset({level})
        case Joined(_, parts):
            return frozenset().union(*map(levels_of, parts))
    return frozenset()


def replaced(formula: Formula, where: Callable[[Formula], bool], by: Formula) -> Formula:
    """The formula with each of its parts that `where` finds replaced."""
    if where(formula):
        return by
    if isinstance(formula, Joined):
        parts = [replaced(part, where, by) for part in formula.parts]
        return (both if formula.how == "allOf" else either)(*parts)
    return formula


def bound(formula: Formula, *, holds: bool) -> Formula:
    """What can be said of it, taking all that is unsayable to hold or not: the widest or the narrowest it can be."""
    return replaced(formula, lambda part: isinstance(part, Unsayable), Constant(holds))


def is_exact(formula: Formula) -> bool:
    """Whether all of it can be said."""
    return not isinstance(formula, Unsayable) and (not isinstance(formula, Joined) or all(map(is_exact, formula.parts)))
