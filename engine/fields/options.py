"""The options of choices: their values in a schema, their wordings."""

from collections.abc import Mapping
from decimal import Decimal
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


def value_of(field: "Field", answer: object) -> Any:
    """An option's value in expressions, numbers as exact decimals. Raises ValueError for what is not an option."""
    for option in field.options:
        if option.value == answer and isinstance(option.value, bool) == isinstance(answer, bool):
            whole = isinstance(option.value, int) and not isinstance(option.value, bool)
            return Decimal(option.value) if whole else option.value
    raise ValueError(answer)


def title_of(field: "Field", value: object, otherwise: Text) -> Text:
    """The wording of the option with `value`."""
    return next((option.title for option in field.options if option.value == value), otherwise)
