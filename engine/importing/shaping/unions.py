"""What either of two schemas accepts, roughly: enough to choose a question, never less than either allows."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any

from engine.importing.shaping.flattening import Flattening
from engine.importing.shaping.merging import meet, same

Schema = Any


def join(one: Schema, other: Schema) -> Schema:
    """A schema that accepts at least what one of both accepts."""
    if one is False or same(one, other):
        return other
    if other is False:
        return one
    if one is True or other is True:
        return True
    found = {key: one[key] for key in ("title", "description") if key in one}
    for keyword in one.keys() & other.keys():
        if same(one[keyword], other[keyword]):
            found[keyword] = one[keyword]
        elif keyword in JOINS:
            found[keyword] = JOINS[keyword](one[keyword], other[keyword])
    if "properties" in one or "properties" in other:
        found["properties"] = _properties(one.get("properties", {}), other.get("properties", {}))
    return {key: value for key, value in found.items() if key not in STRICT or same(one.get(key), other.get(key))}


STRICT = frozenset({"additionalProperties", "unevaluatedProperties", "unevaluatedItems", "not", "if", "then", "else"})
"""What cannot be widened by joining, so that only what is equal stays."""


def _properties(one: Mapping[str, Schema], other: Mapping[str, Schema]) -> dict[str, Schema]:
    return {
        name: join(one[name], other[name]) if name in one and name in other else one.get(name, other.get(name))
        for name in dict.fromkeys([*one, *other])
    }


def _types(one: Any, other: Any) -> Any:
    listed = [*(one if isinstance(one, list) else [one]), *(other if isinstance(other, list) else [other])]
    found = list(dict.fromkeys(listed))
    found = [kind for kind in found if kind != "integer" or "number" not in found]
    return found[0] if len(found) == 1 else found


def _values(one: list[Any], other: list[Any]) -> list[Any]:
    return [*one, *(value for value in other if not any(same(value, ours) for ours in one))]


JOINS: Mapping[str, Callable[[Any, Any], Any]] = {
    "type": _types,
    "enum": _values,
    "x-titles": lambda one, other: [*one, *other],
    "required": lambda one, other: [name for name in one if name in other],
    "items": join,
    **dict.fromkeys(("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"), min),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"), max),
}


NOTHING: frozenset[str] = frozenset()


class Mentions:
    """Which properties a flat schema speaks of, and what it says of each."""

    def __init__(self, flattening: Flattening) -> None:
        self.flattening = flattening

    def names(self, schema: Schema, seen: frozenset[str] = NOTHING) -> list[str]:
        """The properties mentioned anywhere, in order."""
        if isinstance(schema, bool):
            return []
        found = [name for name, inner in schema.get("properties", {}).items() if inner is not False]
        for group in self.flattening.branches(schema, seen):
            for branch in group:
                found += self.names(branch.schema, branch.seen)
        if "if" in schema:  # what a condition looks at may be there, whatever it is
            looked_at = self.flattening.branch(schema["if"], seen)
            found += self.names(looked_at.schema, looked_at.seen)
        return list(dict.fromkeys(found))

    def bound(self, schema: Schema, name: str, seen: frozenset[str] = NOTHING) -> Schema:
        """What surely holds for the property, if it is there."""
        if isinstance(schema, bool):
            return schema
        found = self.flattening.flat(schema.get("properties", {}).get(name, True)).schema
        for group in self.flattening.branches(schema, seen):
            one_of_them = reduce(join, (self.bound(branch.schema, name, branch.seen) for branch in group))
            found = self.flattening.flat(meet(found, one_of_them)).schema
        return found

    def required(self, schema: Schema, seen: frozenset[str] = NOTHING) -> list[str]:
        """The properties that must be there: named by the schema, or by every branch of which one must hold."""
        if isinstance(schema, bool):
            return []
        found = list(schema.get("required", ()))
        for group in self.flattening.branches(schema, seen):
            lists = [self.required(branch.schema, branch.seen) for branch in group if branch.schema is not False]
            found += [name for name in lists[0] if all(name in other for other in lists)] if lists else []
        return list(dict.fromkeys(found))

    def mentioned(self, schema: Schema, name: str, seen: frozenset[str] = NOTHING) -> Iterator[Schema]:
        """Everything that is said of the property under any condition."""
        if isinstance(schema, bool):
            return
        if name in schema.get("properties", {}):
            yield self.flattening.flat(schema["properties"][name]).schema
        for group in self.flattening.branches(schema, seen):
            for branch in group:
                yield from self.mentioned(branch.schema, name, branch.seen)
