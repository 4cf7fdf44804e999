"""Which of JSON's types a value can have, and thereby which question a schema asks."""

from collections.abc import Mapping
from typing import Any

from engine.importing.reading.forms import words
from engine.importing.shaping.flattening import Flattening
from engine.importing.shaping.fragments import constant
from engine.importing.shaping.merging import meet

Schema = Any

ALL = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
NOTHING: frozenset[str] = frozenset()
SPLITTING = frozenset({"allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas"})
PYTHON = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}

# Keywords that only say something about one type: a schema without `type` that has them means that one.
TELLING: Mapping[str, frozenset[str]] = {
    "object": words(
        "properties required additionalProperties patternProperties minProperties maxProperties propertyNames "
        "dependentRequired dependentSchemas unevaluatedProperties"
    ),
    "array": words("items prefixItems minItems maxItems uniqueItems contains unevaluatedItems"),
    "string": words("minLength maxLength pattern format contentEncoding contentMediaType"),
    "number": words("minimum maximum exclusiveMinimum exclusiveMaximum multipleOf"),
}


class Kinds:
    """Judges the schemas of one bundle."""

    def __init__(self, flattening: Flattening) -> None:
        self.flattening = flattening

    def possible(self, schema: Schema, seen: frozenset[str] = NOTHING) -> frozenset[str]:
        """The types that are not excluded, as far as `type`, listed values and branches tell."""
        if isinstance(schema, bool):
            return ALL if schema else frozenset()
        found = ALL
        if "type" in schema:
            found &= _with_integers(schema["type"])
        if "enum" in schema:
            found &= _with_integers([kind_of(value) for value in schema["enum"]])
        if not SPLITTING & schema.keys():
            return found
        for group in self.flattening.branches(schema, seen):
            found &= frozenset[str]().union(*(self.possible(branch.schema, branch.seen) for branch in group))
        return found

    def asked(self, schema: Mapping[str, Any]) -> str | None:
        """The one type of the answer; told by other keywords where `type` is open; None for several."""
        found = self.possible(schema) - {"null"}
        if found == {"integer", "number"}:
            return "number"
        if len(found) == 1:
            return next(iter(found))
        if found != ALL - {"null"}:
            return None
        told = [kind for kind, keywords in TELLING.items() if self.tells(schema, keywords)]
        return told[0] if len(told) == 1 else None

    def tells(self, schema: Schema, keywords: frozenset[str], seen: frozenset[str] = NOTHING) -> bool:
        """Whether one of the keywords is there, or in a branch."""
        if isinstance(schema, bool):
            return False
        if keywords & schema.keys():
            return True
        groups = self.flattening.branches(schema, seen)
        return any(self.tells(branch.schema, keywords, branch.seen) for group in groups for branch in group)

    def without_null(self, schema: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """The schema of an answer that is there, and whether null will do instead."""
        found = dict(schema)
        nullable = self.nullable(schema)
        kinds = found.get("type")
        if isinstance(kinds, list):
            kept = [kind for kind in kinds if kind != "null"]
            found["type"] = kept[0] if len(kept) == 1 else kept
        if "enum" in found:
            found["enum"] = [value for value in found["enum"] if value is not None]
        for keyword in ("anyOf", "oneOf"):
            branches = [
                branch for branch in found.get(keyword, ()) if not self.is_null(self.flattening.flat(branch).schema)
            ]
            if keyword in found and branches:
                found[keyword] = branches
                if len(branches) == 1:
                    joined = self.flattening.flat(meet(found, {"allOf": found.pop(keyword)})).schema
                    if isinstance(joined, bool):
                        return {"not": {}}, nullable
                    found = joined
        return found, nullable

    def nullable(self, schema: Schema) -> bool:
        """Whether null is named among what is accepted: a schema that is silent about types does not mean it."""
        if "null" not in self.possible(schema) or self.possible(schema) == ALL:
            return False
        return self.accepts_null(schema)

    def accepts_null(self, schema: Schema, seen: frozenset[str] = NOTHING) -> bool:
        """Whether null is accepted, as far as types, listed values and branches tell."""
        if isinstance(schema, bool):
            return schema
        if "type" in schema and "null" not in _listed(schema["type"]):
            return False
        if "enum" in schema and None not in schema["enum"]:
            return False
        for group in self.flattening.branches({**schema, "oneOf": []} if "oneOf" in schema else schema, seen):
            if group and not any(self.accepts_null(branch.schema, branch.seen) for branch in group):
                return False
        one_of = [self.flattening.branch(inner, seen) for inner in schema.get("oneOf", ())]
        if one_of and sum(self.accepts_null(branch.schema, branch.seen) for branch in one_of) != 1:
            return False
        return not {"not", "if"} & schema.keys()

    @staticmethod
    def is_null(schema: Schema) -> bool:
        """Whether it accepts null alone."""
        return isinstance(schema, dict) and (schema.get("type") == "null" or schema.get("enum") == [None])


def listed(schema: Mapping[str, Any]) -> list[tuple[Any, Mapping[str, Any]]] | None:
    """The values to choose from, each with the schema that words it; None where the answer is free."""
    if "enum" in schema:
        worded = {repr(value): title for value, title in schema.get("x-titles", ())}
        titles = ({"title": worded[repr(value)]} if repr(value) in worded else {} for value in schema["enum"])
        return list(zip(schema["enum"], titles, strict=True))
    for keyword in ("oneOf", "anyOf"):
        branches = schema.get(keyword, ())
        values = [constant(branch) for branch in branches]
        if branches and all(value is not None for value in values):
            return [(value[0], branch) for value, branch in zip(values, branches, strict=True) if value is not None]
    return None


def kind_of(value: Any) -> str:
    """The JSON type of a value."""
    return PYTHON.get(type(value), "null")


def _listed(kinds: Any) -> list[str]:
    return kinds if isinstance(kinds, list) else [kinds]


def _with_integers(kinds: Any) -> frozenset[str]:
    found = set(_listed(kinds))
    return frozenset(found | ({"integer"} if "number" in found else set()))
