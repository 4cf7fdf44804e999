"""The options of a choice: named by the author, or taken from the standard `enum` and `oneOf` of constants."""

from collections.abc import Mapping
from typing import Any

from engine.compiling.fields.merging import Merged
from engine.compiling.formulas import Formulas
from engine.language.kinds import Part
from engine.model import Option, Text


def choices(merged: Merged, formulas: Formulas) -> tuple[Option, ...]:
    """The options in order, those of the items where several can be chosen; none where any answer is free."""
    items = merged.get("items")
    values = items.values if isinstance(items, Part) else merged.values
    sources = values.get("options") or merged.get("options")
    if sources:
        return tuple(
            Option(one.value, one.title, one.hint, formulas.condition(one.when), one.exclusive, one.was)
            for one in sources
        )
    return _standard(values)


def listed(merged: Merged) -> dict[str, Any]:
    """The values of the author's options as the field types read them."""
    sources = merged.get("options")
    if not sources:
        return {}
    return {"options": [one.value for one in sources], "exclusive": [one.value for one in sources if one.exclusive]}


def _standard(values: Mapping[str, Any]) -> tuple[Option, ...]:
    if "enum" in values:
        return tuple(Option(value, Text(str(value))) for value in values["enum"] if isinstance(value, str | int))
    constants = values.get("oneOf", values.get("anyOf", ()))
    if not all(isinstance(one, dict) and isinstance(one.get("const"), str | int) for one in constants):
        return ()
    return tuple(
        Option(one["const"], Text(str(one.get("title", one["const"]))), _hint(one.get("description")))
        for one in constants
    )


def _hint(description: object) -> Text | None:
    return Text(description) if isinstance(description, str) and description else None
