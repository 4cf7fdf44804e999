"""The options of a choice: named by the author, or taken from the standard `enum` and `oneOf` of constants."""

from collections.abc import Mapping
from typing import Any

from engine.compiling.fields.merging import Merged
from engine.compiling.formulas import Formulas
from engine.model import Option, Text


def choices(merged: Merged, schema: Mapping[str, Any], formulas: Formulas) -> tuple[Option, ...]:
    """The options in order; none where any answer is free."""
    sources = merged.get("options")
    if sources:
        return tuple(Option(one.value, one.title, one.hint, formulas.condition(one.when)) for one in sources)
    items = merged.get("items")
    if items is not None and not isinstance(items, bool) and items.get("options"):
        return tuple(
            Option(one.value, one.title, one.hint, formulas.condition(one.when)) for one in items.get("options")
        )
    return _standard(schema) or _standard(_dictionary(schema.get("items")))


def _standard(schema: Mapping[str, Any]) -> tuple[Option, ...]:
    constants = [one for one in schema.get("oneOf", schema.get("anyOf", ())) if isinstance(one, dict)]
    if constants and all("const" in one for one in constants):
        return tuple(
            Option(one["const"], Text(str(one.get("title", one["const"]))), _hint(one.get("description")))
            for one in constants
        )
    return tuple(Option(value, Text(str(value))) for value in schema.get("enum", ()) if isinstance(value, str | int))


def _hint(description: object) -> Text | None:
    return Text(description) if isinstance(description, str) and description else None


def _dictionary(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
