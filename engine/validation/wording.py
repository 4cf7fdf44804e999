"""Which words say what a JSON Schema keyword found."""

from collections.abc import Mapping
from typing import Any

from engine.fields.base import FieldProblem
from engine.model import Field

MISSING_BY_CONTROL: Mapping[str, str] = {
    "radios": "errors.missing_choice",
    "checkboxes": "errors.missing_choice",
    "select": "errors.missing_choice",
    "yes_no": "errors.missing_choice",
    "file": "errors.missing_file",
    "declaration": "errors.missing_declaration",
    "list": "errors.missing_items",
}
BY_KEYWORD: Mapping[str, str] = {
    "minLength": "errors.min_length",
    "maxLength": "errors.max_length",
    "pattern": "errors.pattern",
    "enum": "errors.choose",
    "const": "errors.choose",
    "minimum": "errors.minimum",
    "maximum": "errors.maximum",
    "exclusiveMinimum": "errors.above",
    "exclusiveMaximum": "errors.below",
    "multipleOf": "errors.multiple_of",
    "minItems": "errors.min_items",
    "maxItems": "errors.max_items",
    "uniqueItems": "errors.unique_items",
}


def missing(field: Field) -> FieldProblem:
    """Nothing was answered."""
    return FieldProblem(MISSING_BY_CONTROL.get(field.type.control, "errors.missing_text"))


def of_schema_error(field: Field, error: Any) -> tuple[tuple[str | int, ...], FieldProblem]:
    """Where inside the answer, and what; `error` is a `jsonschema.ValidationError`."""
    keyword = str(error.validator)
    place = tuple(error.absolute_path)
    own = field.type.messages.get(".".join([*map(str, place), keyword]))
    if own is None and place and keyword in {"pattern", "enum"} and error.instance == "":
        own = field.type.messages.get(f"{place[0]}.minLength")
    params = {"limit": error.validator_value} if isinstance(error.validator_value, int | float | str) else {}
    if keyword == "enum" and place and len(error.validator_value) == 1:
        return place, FieldProblem("errors.only", {"limit": error.validator_value[0]})
    return place, FieldProblem(own or BY_KEYWORD.get(keyword, "errors.not_as_asked"), params)
