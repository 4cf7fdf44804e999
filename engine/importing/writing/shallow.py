"""A schema that is nested too deep for a spec, as a shallow one: deep parts become definitions."""

from typing import Any

from engine.importing.reading.bundle import REFERENCE
from engine.importing.reading.forms import SCHEMA, SCHEMA_MAPS, SCHEMAS
from engine.importing.writing.measuring import depth

Schema = Any

STEP = 6
"""Levels after which a part becomes a definition."""


def shallow(schema: dict[str, Any], most: int) -> dict[str, Any]:
    """The same rules in at most `most` levels, if values that are listed are not nested deeper themselves."""
    if depth(schema) <= most:
        return schema
    work = _Shallow({})
    definitions = {name: work.part(inner, own=True) for name, inner in schema.get("$defs", {}).items()}
    found = work.part({key: value for key, value in schema.items() if key != "$defs"}, own=True)
    return {**found, "$defs": {**definitions, **work.definitions}}


class _Shallow:
    def __init__(self, definitions: dict[str, Schema]) -> None:
        self.definitions = definitions

    def part(self, schema: Schema, *, own: bool = False) -> Schema:
        """The schema with deep parts replaced from the innermost outwards; itself, where it is not to be kept whole."""
        if isinstance(schema, bool):
            return schema
        found: dict[str, Any] = {}
        for keyword, value in schema.items():
            if keyword in SCHEMA:
                found[keyword] = self.part(value)
            elif keyword in SCHEMAS:
                found[keyword] = [self.part(inner) for inner in value]
            elif keyword in SCHEMA_MAPS:
                found[keyword] = {name: self.part(inner) for name, inner in value.items()}
            else:
                found[keyword] = value
        if own or depth(found) < STEP:
            return found
        name = f"part_{len(self.definitions) + 1}"
        self.definitions[name] = found
        return {"$ref": REFERENCE + name}
