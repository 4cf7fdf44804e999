"""The JSON Schema (2020-12) of a procedure's submission: what the API accepts and back-office systems receive."""

from collections.abc import Iterable
from typing import Any

from engine.model import Field, Procedure

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def submission_schema(procedure: Procedure) -> dict[str, Any]:
    """One object with a property for every field. What JSON Schema cannot say stands in `x-tetsuzuki-rules`."""
    body, rules = _object((field for step in procedure.steps for field in step.fields), ())
    hidden = {field.id for step in procedure.steps if step.when is not None for field in step.fields}
    for step in procedure.steps:
        if step.when is not None:
            rules.append({"path": [field.id for field in step.fields], "when": step.when.source})
    body["required"] = [name for name in body["required"] if name not in hidden]
    return {
        "$schema": DIALECT,
        "title": procedure.title.ja,
        "x-tetsuzuki-procedure": procedure.id,
        "x-tetsuzuki-version": procedure.version.isoformat(),
        **body,
        "x-tetsuzuki-rules": rules,
    }


def field_schema(field: Field, path: tuple[str, ...]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The schema of one field with everything inside it, and the rules that it cannot say."""
    schema: dict[str, Any] = {"title": field.title.ja, **field.schema}
    rules: list[dict[str, Any]] = [{"path": [*path], keyword: limit.source} for keyword, limit in field.limits.items()]
    if field.properties:
        body, inner = _object(field.properties, path)
        schema, rules = {**schema, **body}, rules + inner
    if field.items is not None:
        schema["items"], inner = field_schema(field.items, (*path, "*"))
        rules += inner
    return schema, rules


def _object(fields: Iterable[Field], path: tuple[str, ...]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    properties: dict[str, Any] = {}
    required = []
    rules: list[dict[str, Any]] = []
    for field in fields:
        if field.type.control == "note":
            continue
        here = (*path, field.id)
        properties[field.id], inner = field_schema(field, here)
        rules += inner
        if field.when is not None:
            rules.append({"path": [*here], "when": field.when.source})
        if not isinstance(field.optional, bool):
            rules.append({"path": [*here], "optional": field.optional.source})
        if field.when is None and field.optional is False:
            required.append(field.id)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }, rules
