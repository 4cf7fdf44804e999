"""Rules of JSON Schema over an object whose properties got other names: the same rules over the new names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.importing.reading.bundle import REFERENCE
from engine.importing.shaping.merging import meet

if TYPE_CHECKING:
    from engine.importing.shaping.questions import Question

Schema = Any

BY_NAME = frozenset({"properties", "dependentSchemas"})
BY_FORM = frozenset({"patternProperties", "propertyNames"})
SAME_VALUE = frozenset({"not", "if", "then", "else"})
SAME_VALUES = frozenset({"allOf", "anyOf", "oneOf"})


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of an object's properties, and the names inside each; `item` are those inside the items of a list."""

    ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    inside: Mapping[str, Names] = field(default_factory=lambda: MappingProxyType({}))
    item: Names | None = None

    @classmethod
    def of(cls, questions: Mapping[str, Question]) -> Names:
        """The names of an object's questions."""
        ids = {name: one.id for name, one in questions.items()}
        return cls(ids, {name: one.names for name, one in questions.items()})

    def differ(self) -> bool:
        """Whether any name, however deep, is not that of the source."""
        inner = [*self.inside.values(), *([self.item] if self.item else [])]
        return any(name != one for name, one in self.ids.items()) or any(one.differ() for one in inner)


def renamed(schema: dict[str, Any], names: Names, lost: Callable[[], None]) -> dict[str, Any]:
    """The rules for the renamed object. `lost` is called for a rule about the form of names, which is left out."""
    if not names.differ():
        return schema
    definitions = schema.get("$defs", {})
    found = _Renaming(definitions, lost).schema({key: v for key, v in schema.items() if key != "$defs"}, names, ())
    return {**found, "$defs": definitions} if "$ref" in repr(found) else dict(found)


@dataclass(frozen=True, slots=True)
class _Renaming:
    definitions: Mapping[str, Schema]
    lost: Callable[[], None]

    def schema(self, schema: Schema, names: Names, trail: tuple[str, ...]) -> Schema:
        if isinstance(schema, bool) or not names.differ():
            return schema
        if "$ref" in schema:
            return self.reference(schema, names, trail)
        found: dict[str, Any] = {}
        for keyword, value in schema.items():
            if keyword in BY_FORM:
                self.lost()
            else:
                found[keyword] = self.value(keyword, value, names, trail)
        return found

    def value(self, keyword: str, value: Any, names: Names, trail: tuple[str, ...]) -> Any:
        """What stands under a keyword, with the new names."""
        new: Callable[[str], str] = lambda name: names.ids.get(name, name)  # noqa: E731 - used all over below
        if keyword in BY_NAME:
            return {new(name): self.inner(keyword, name, one, names, trail) for name, one in value.items()}
        if keyword == "required":
            return [new(name) for name in value]
        if keyword == "dependentRequired":
            return {new(name): [new(one) for one in needed] for name, needed in value.items()}
        if keyword in SAME_VALUES:
            return [self.schema(one, names, trail) for one in value]
        inner = names if keyword in SAME_VALUE else names.item if keyword in {"items", "contains"} else None
        return value if inner is None else self.schema(value, inner, trail)

    def inner(self, keyword: str, name: str, schema: Schema, names: Names, trail: tuple[str, ...]) -> Schema:
        return self.schema(schema, names.inside.get(name, Names()) if keyword == "properties" else names, trail)

    def reference(self, schema: Mapping[str, Any], names: Names, trail: tuple[str, ...]) -> Schema:
        """A definition speaks of the old names, so it is written out; one that contains itself cannot be."""
        name = schema["$ref"].removeprefix(REFERENCE)
        rest = {key: value for key, value in schema.items() if key != "$ref"}
        if name in trail:
            self.lost()
            return self.schema(rest, names, trail)
        return meet(self.schema(self.definitions[name], names, (*trail, name)), self.schema(rest, names, trail))
