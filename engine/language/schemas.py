"""The spec language as JSON Schema 2020-12, written from the same declarations that check it."""

from typing import Any

from engine.language.fields import CONCEPT, CONCEPT_NAME
from engine.language.kinds import Definitions, MapOf
from engine.language.procedure import PROCEDURE
from engine.language.procedure.money import TARIFF

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CONCEPTS = MapOf(CONCEPT, CONCEPT_NAME)


def procedure_schema() -> dict[str, Any]:
    """What `procedure_specs/schema/procedure.schema.json` holds."""
    definitions: Definitions = {}
    body = PROCEDURE.define(definitions)
    return {"$schema": DIALECT, "title": "Tetsuzuki procedure", **body, "$defs": dict(sorted(definitions.items()))}


def tariff_schema() -> dict[str, Any]:
    """What `procedure_specs/schema/tariff.schema.json` holds."""
    definitions: Definitions = {}
    body = TARIFF.define(definitions)
    return {"$schema": DIALECT, "title": "Tetsuzuki tariff", **body, "$defs": dict(sorted(definitions.items()))}


def concepts_schema() -> dict[str, Any]:
    """What `procedure_specs/schema/concepts.schema.json` holds."""
    definitions: Definitions = {}
    body = CONCEPTS.schema(definitions)
    return {"$schema": DIALECT, "title": "Tetsuzuki concepts", **body, "$defs": dict(sorted(definitions.items()))}
