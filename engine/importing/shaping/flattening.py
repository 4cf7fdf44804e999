"""A schema with its references followed and its `allOf` joined, as far as that changes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.importing.notes import Refused
from engine.importing.reading.bundle import REFERENCE
from engine.importing.shaping.merging import LOOKING_AROUND, WORDING, meet

Schema = Any

MOST_STEPS = 50_000


@dataclass(frozen=True, slots=True)
class Flat:
    """`schema` without `$ref` at its top, but where it refers to itself; `through` are the definitions it came by."""

    schema: Schema
    through: frozenset[str]


@dataclass(slots=True)
class Flattening:
    """Flattens the schemas of one bundle."""

    definitions: Mapping[str, Schema]
    steps: int = 0
    done: dict[str, Flat] = field(default_factory=dict)
    doing: set[str] = field(default_factory=set)

    def flat(self, schema: Schema) -> Flat:
        """The schema as one dictionary or truth value."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Refused("too_complex", limit=MOST_STEPS)
        if isinstance(schema, bool):
            return Flat(schema, frozenset())
        found: Schema = {key: value for key, value in schema.items() if key not in {"$ref", "allOf"}}
        through: frozenset[str] = frozenset()
        kept: list[Schema] = []
        for part in self.parts(schema):
            if isinstance(part.schema, dict) and LOOKING_AROUND & part.schema.keys() and found.keys() - WORDING:
                kept.append(part.schema)
            else:
                found = meet(found, part.schema)
            through |= part.through
        for part_schema in kept:
            found = meet(found, {"allOf": [part_schema]})
        return Flat(_tidy(found), through)

    def branch(self, schema: Schema, seen: frozenset[str]) -> "Branch":
        """A branch; one that leads back to where we are says nothing new."""
        flat = self.flat(schema)
        return Branch(schema=True, seen=seen) if flat.through & seen else Branch(flat.schema, seen | flat.through)

    def branches(self, schema: Mapping[str, Any], seen: frozenset[str]) -> "Iterator[list[Branch]]":
        """Groups of branches of which at least one must hold."""
        for inner in schema.get("allOf", ()):
            yield [self.branch(inner, seen)]
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                yield [self.branch(inner, seen) for inner in schema[keyword]]
        if "if" in schema and ("then" in schema or "else" in schema):
            yield [self.branch(schema.get(keyword, True), seen) for keyword in ("then", "else")]
        for inner in schema.get("dependentSchemas", {}).values():
            yield [self.branch(inner, seen), Branch(schema=True, seen=seen)]

    def parts(self, schema: Mapping[str, Any]) -> list[Flat]:
        """What else must hold: the referenced definition and each of `allOf`."""
        found = [self.definition(schema["$ref"])] if "$ref" in schema else []
        return [*found, *(self.flat(branch) for branch in schema.get("allOf", ()))]

    def definition(self, reference: str) -> Flat:
        """The definition; the bare reference where we are inside it already."""
        name = reference.removeprefix(REFERENCE)
        if name in self.doing:
            return Flat({"allOf": [{"$ref": reference}]}, frozenset({name}))
        if name not in self.done:
            self.doing.add(name)
            found = self.flat(self.definitions[name])
            self.doing.discard(name)
            self.done[name] = Flat(found.schema, found.through | {name})
        return self.done[name]


@dataclass(frozen=True, slots=True)
class Branch:
    """A flat schema for the same value as the schema it stands in; `seen` are the definitions we are inside of."""

    schema: Schema
    seen: frozenset[str]


def _tidy(schema: Schema) -> Schema:
    """Single branches joined, branches that always hold left out, nothing said twice."""
    if isinstance(schema, bool):
        return schema
    found = dict(schema)
    branches = [branch for branch in found.pop("allOf", ()) if branch not in (True, {})]
    if False in branches:
        return False
    distinct = [branch for index, branch in enumerate(branches) if branch not in branches[:index]]
    if distinct:
        found["allOf"] = distinct
    for keyword in ("anyOf", "oneOf"):
        if len(found.get(keyword, ())) == 1:
            found = meet(found, {"allOf": found.pop(keyword)})
    if "const" in found and "enum" not in found:
        found["enum"] = [found.pop("const")]
    return False if [] in (found.get("enum"), found.get("type")) else found
