"""A part of a schema that stays JSON Schema in a field: self-contained, local, and without words for people."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.importing.reading.bundle import REFERENCE
from engine.importing.reading.forms import SCHEMA, SCHEMA_MAPS, SCHEMAS
from engine.importing.shaping.merging import WORDING

Schema = Any


def fragment(schema: Mapping[str, Any], definitions: Mapping[str, Schema]) -> dict[str, Any]:
    """The rules of `schema`, with the definitions that they need under `$defs`."""
    found = bare(schema)
    assert isinstance(found, dict)  # noqa: S101 - a mapping stays one
    needed: dict[str, Schema] = {}
    waiting = list(references(found))
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = bare(definitions[name])
            waiting += references(needed[name])
    return {**found, "$defs": dict(sorted(needed.items()))} if needed else found


def references(schema: Schema) -> Iterator[str]:
    """The names of the definitions that it refers to, with repetitions."""
    if isinstance(schema, bool):
        return
    for keyword, value in schema.items():
        if keyword == "$ref":
            yield value.removeprefix(REFERENCE)
        for inner in inside(keyword, value):
            yield from references(inner)


def inside(keyword: str, value: Any) -> Iterator[Schema]:
    """The schemas that stand under a keyword."""
    if keyword in SCHEMA:
        yield value
    elif keyword in SCHEMAS:
        yield from value
    elif keyword in SCHEMA_MAPS:
        yield from value.values()


def bare(schema: Schema) -> Schema:
    """Without wording; a choice between constants is an enumeration."""
    if isinstance(schema, bool):
        return schema
    found: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in WORDING:
            continue
        if keyword in SCHEMA:
            found[keyword] = bare(value)
        elif keyword in SCHEMAS:
            found[keyword] = [bare(inner) for inner in value]
        elif keyword in SCHEMA_MAPS:
            found[keyword] = {name: bare(inner) for name, inner in value.items()}
        else:
            found[keyword] = value
    return _listed(found)


def _listed(schema: dict[str, Any]) -> dict[str, Any]:
    for keyword in ("anyOf", "oneOf"):
        values = [constant(branch) for branch in schema.get(keyword, ())]
        known = [value[0] for value in values if value is not None]
        if known and len(known) == len(values) and "enum" not in schema and _distinct(known):
            rest = {key: value for key, value in schema.items() if key != keyword}
            return {**rest, "enum": known}
    return schema


def _distinct(values: list[Any]) -> bool:
    return len({repr(value) for value in values}) == len(values) and not {0, 1} & {
        value for value in values if isinstance(value, int | float)
    }


def constant(schema: Schema) -> tuple[Any] | None:
    """The only value that a schema accepts, in a tuple: a constant, or an object closed to all but constants."""
    if not isinstance(schema, dict):
        return None
    kinds = schema.get("type")
    listed = [schema["const"]] if "const" in schema else schema.get("enum", [])
    if len(listed) == 1 and schema.keys() <= {"const", "enum", "type", *WORDING}:
        return (listed[0],) if kinds is None or _is(listed[0], kinds) else None
    properties = schema.get("properties", {})
    if kinds != "object" or schema.get("additionalProperties") is not False or not properties:
        return None
    if schema.keys() - {"type", "properties", "required", "additionalProperties", *WORDING}:
        return None
    values = {name: constant(inner) for name, inner in properties.items()}
    if set(schema.get("required", ())) != values.keys() or None in values.values():
        return None
    return ({name: value[0] for name, value in values.items() if value is not None},)


def _is(value: Any, kinds: Any) -> bool:
    names = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}
    name = names.get(type(value), "null")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return name in listed or (name == "integer" and "number" in listed)
