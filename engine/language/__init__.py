"""The shape of the spec language: one declaration, from which come the checks with positions and the JSON Schema."""

from engine.language.schemas import concepts_schema, procedure_schema, tariff_schema

__all__ = ["concepts_schema", "procedure_schema", "tariff_schema"]
