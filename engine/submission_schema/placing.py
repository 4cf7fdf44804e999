"""Puts a formula into the schema: at the outermost object it speaks of, as if/then/else down to what it decides."""

from typing import Any

from engine.submission_schema.formulas import (
    Constant,
    Formula,
    Joined,
    Level,
    Part,
    level_of,
    levels_of,
    replaced,
)

MOST_CASES = 6
"""Beyond so many conditions of outer objects mixed with those of inner ones, telling all cases apart is too long."""


def schema_of(formula: Formula) -> Any:
    """One schema for a formula of one level."""
    match formula:
        case Part(_, schema):
            return schema
        case Joined("allOf", parts):
            return _all_of([schema_of(part) for part in parts])
        case Joined(how, parts):
            return {how: [schema_of(part) for part in parts]}
    return isinstance(formula, Constant) and formula.value


def outermost(formula: Formula, target: Level) -> Level:
    """Where its if/then/else must stand."""
    return min(levels_of(formula), key=len, default=target)


def cases(formula: Formula, inner: Level) -> int:
    """How many conditions of objects outside `inner` have to be told apart."""
    outer = outer_part(formula, inner)
    if outer is None:
        return 0
    return 1 + max(cases(assigned(formula, outer, value), inner) for value in (True, False))


def outer_part(formula: Formula, inner: Level) -> Formula | None:
    """A part that speaks of one object outside `inner`, the outermost first."""
    level = level_of(formula)
    if level is not None:
        return None if level == inner else formula
    if not isinstance(formula, Joined):
        return None
    found = [part for part in (outer_part(part, inner) for part in formula.parts) if part is not None]
    return min(found, key=lambda part: len(level_of(part) or ()), default=None)


def assigned(formula: Formula, part: Formula, value: bool) -> Formula:  # noqa: FBT001 - that it holds
    """The formula where it is known of `part` whether it holds."""
    return replaced(formula, lambda one: one == part, Constant(value))


def place(formula: Formula, here: Level, target: Level, yes: Any, no: Any) -> Any:
    """A schema for the object `here`: if the formula holds, the object `target` inside it is as `yes`, else as `no`."""
    if isinstance(formula, Constant):
        return wrapped(here, target, yes if formula.value else no)
    if level_of(formula) == here:
        return if_then_else(schema_of(formula), wrapped(here, target, yes), wrapped(here, target, no))
    part = outer_part(formula, target) or formula
    level = level_of(part)
    if level is None:
        raise ValueError("a formula that cannot be said cannot be placed")
    if level != here:
        return wrapped(here, level, place(formula, level, target, yes, no))
    ways = [place(assigned(formula, part, value), here, target, yes, no) for value in (True, False)]
    return if_then_else(schema_of(part), *ways)


def if_then_else(test: Any, then: Any, otherwise: Any) -> dict[str, Any]:
    """Without what asks nothing."""
    if not then and not otherwise and then is not False and otherwise is not False:
        return {}
    whole = {"if": test, "then": then, "else": otherwise}
    return {key: value for key, value in whole.items() if value != {}}


def wrapped(here: Level, target: Level, schema: Any) -> Any:
    """What the object `here` must be for the objects `target` inside it to be as `schema`."""
    if schema == {}:
        return {}
    for step in reversed(target[len(here) :]):
        schema = {"items": schema} if step == "*" else {"properties": {step: schema}}
    return schema


def _all_of(schemas: list[Any]) -> Any:
    """Joined into one where they speak of different answers."""
    merged: dict[str, Any] = {"properties": {}, "required": []}
    apart: list[Any] = []
    for schema in schemas:
        plain = isinstance(schema, dict) and schema.keys() == merged.keys()
        if plain and not schema["properties"].keys() & merged["properties"].keys():
            merged["properties"] = {**merged["properties"], **schema["properties"]}
            merged["required"] = [*merged["required"], *schema["required"]]
        else:
            apart.append(schema)
    if merged["properties"]:
        apart.insert(0, merged)
    return apart[0] if len(apart) == 1 else {"allOf": apart}
