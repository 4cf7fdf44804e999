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
NOT_AS_ASKED = "errors.not_as_asked"  # where nothing better can be said
# An input that is empty or not there is missing, whichever keyword noticed: the first that has words says so.
MISSING_KEYWORDS = ("minLength", "pattern", "enum")

Place = tuple[str | int, ...]


def missing(field: Field) -> FieldProblem:
    """Nothing was answered."""
    return FieldProblem(MISSING_BY_CONTROL.get(field.type.control, "errors.missing_text"), keyword="required")


def of_schema_error(field: Field, error: Any) -> tuple[Place, FieldProblem]:
    """Where inside the answer, and what; `error` is a `jsonschema.ValidationError`."""
    keyword, limit = str(error.validator), error.validator_value
    place = tuple(error.absolute_path)
    if keyword == "enum" and place and len(limit) == 1:
        return place, FieldProblem("errors.only", {"limit": limit[0]}, keyword=keyword)
    params = dict(field.type.told(field, keyword, limit))
    own = _own_words(field, place, keyword, error.instance)
    if own is not None:
        listed = {"limit": "、".join(map(str, limit))} if keyword == "enum" else {}
        return place, FieldProblem(own, params | listed, keyword=keyword)
    if error.schema is False:
        return place[:-1], FieldProblem("errors.unasked", {"name": str(place[-1]) if place else field.id})
    if keyword in {"minLength", "maxLength"}:
        params["length"] = len(error.instance)
    return place, FieldProblem(BY_KEYWORD.get(keyword, NOT_AS_ASKED), params, keyword=keyword)


def _own_words(field: Field, place: Place, keyword: str, instance: Any) -> str | None:
    """What the field's type says of this keyword at this input; of an empty input, what it says of a missing one."""
    empty = bool(place) and (keyword == "required" or instance == "")
    start = [str(step) for step in place]
    keys = (".".join([*start, one]) for one in (MISSING_KEYWORDS if empty else (keyword,)))
    return next((field.type.messages[key] for key in keys if key in field.type.messages), None)
