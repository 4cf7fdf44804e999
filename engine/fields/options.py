"""The options of choices: their values in a schema, their wordings."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.model.text import Text

if TYPE_CHECKING:
    from engine.model.fields import Field


def listed(schema: Mapping[str, Any]) -> list[Any]:
    """The values of `enum`, `options`, or a `oneOf`/`anyOf` of constants, in order."""
    if "enum" in schema:
        return list(schema["enum"])
    if "options" in schema:
        return list(schema["options"])
    return [part["const"] for part in schema.get("oneOf", schema.get("anyOf", ())) if "const" in part]


def title_of(field: "Field", value: object, otherwise: Text) -> Text:
    """The wording of the option with `value`."""
    return next((option.title for option in field.options if option.value == value), otherwise)
