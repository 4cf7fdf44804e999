"""Which field type asks a field, whether its keywords are that type's, and what its shorthand stands for."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from engine.compiling import codes
from engine.compiling.fields.merging import Merged
from engine.fields import registry
from engine.fields.base import FieldType
from engine.language.kinds import Part
from engine.problems import Report

# The standard formats that have a type of their own.
FORMATS: Mapping[str, str] = {"date": "date", "email": "email", "long_text": "long_text"}

# Keywords that only say what they say on certain types.
ONLY_ON: Mapping[str, frozenset[str]] = {
    "options": frozenset({"choice", "choices"}),
    "properties": frozenset({"object"}),
    "checks": frozenset({"object"}),
    "items": frozenset({"array", "choices"}),
}

# What a schema without `type` must be, by a keyword that tells: the first that is there decides.
TELLING: tuple[tuple[str, str], ...] = (
    ("properties", "object"),
    ("items", "array"),
    ("format", "string"),
    ("pattern", "string"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("minimum", "number"),
    ("maximum", "number"),
    ("multipleOf", "number"),
)


def of(merged: Merged, report: Report) -> FieldType | None:
    """The type that asks this field; None with a problem."""
    part = merged.part
    if part.wrote("type") and "type" not in part.values:
        return None
    name = _name(merged)
    if name is not None:
        return registry.by_name(name)
    if merged.whole:
        report.add(codes.NO_TYPE, part.node, part.at("type"))
    return None


def _name(merged: Merged) -> str | None:
    written = merged.get("type")
    if isinstance(written, list):
        kinds = [kind for kind in written if kind != "null"]
        written = kinds[0] if len(kinds) == 1 else "string"
    if written is None:
        written = next((kind for keyword, kind in TELLING if merged.get(keyword) is not None), None)
    if written in {None, "string", "integer", "number"} and _chooses(merged.values):
        return "choice"
    if written == "string":
        return FORMATS.get(merged.get("format", ""), "text")
    items = merged.get("items")
    if written == "array" and isinstance(items, Part) and _chooses(items.values):
        return "choices"
    return written if written in registry.names() else None


def _chooses(values: Mapping[str, Any]) -> bool:
    """Whether the answers are listed: by us, or as the standard does it."""
    if "options" in values or "enum" in values:
        return True
    listed = values.get("oneOf", values.get("anyOf", ()))
    return bool(listed) and all(isinstance(one, dict) and "const" in one for one in listed)


def check_keywords(kind: FieldType, merged: Merged, report: Report) -> None:
    """Report keywords of other types, and values that this type does not take."""
    for key in merged.part.values:
        owners = _owners().get(key, frozenset())
        if owners and kind.name not in owners:
            place, path = merged.part.place(key), merged.part.at(key)
            types = ", ".join(sorted(owners))
            report.add(codes.FOREIGN_KEYWORD, place, path, key=key, type=kind.name, types=types)
    _check_exclusive(kind, merged, report)
    for key, keyword in kind.keywords.items():
        if key in merged.part.values and keyword.holds == "json":
            error = next(_validator(kind.name, key).iter_errors(_json(merged.get(key))), None)
            if error is not None:
                place, path = merged.part.place(key), merged.part.at(key)
                report.add(codes.BAD_KEYWORD, place, path, key=key, complaint=error.message, meaning=keyword.doc)


def _check_exclusive(kind: FieldType, merged: Merged, report: Report) -> None:
    """Only where several can be chosen can one option exclude the others."""
    if kind.name != "choices" and any(option.exclusive for option in merged.part.get("options", ())):
        place, path = merged.part.place("options"), merged.part.at("options")
        report.add(codes.FOREIGN_KEYWORD, place, path, key="exclusive", type=kind.name, types="choices")


def expand(kind: FieldType, written: dict[str, Any]) -> dict[str, Any]:
    """The standard JSON Schema keywords, nothing of ours among them."""
    own = {*kind.keywords, "options", "exclusive"}
    found = {key: value for key, value in kind.expand(written).items() if key not in own}
    return _with_null(found) if "null" in (written.get("type") or ()) and isinstance(written["type"], list) else found


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, or null: the author's list of types has both."""
    found = dict(schema)
    if "type" in found:
        found["type"] = [found["type"], "null"]
    if "enum" in found and None not in found["enum"]:
        found["enum"] = [*found["enum"], None]
    return found


def lacks_options(kind: FieldType, schema: Mapping[str, Any]) -> bool:
    """Whether a choice has nothing to choose from."""
    items = schema.get("items")
    listed = items.get("enum") if isinstance(items, dict) else schema.get("enum")
    return kind.name in ONLY_ON["options"] and not listed


def asks_nothing(kind: FieldType, merged: Merged) -> bool:
    """Whether there is nothing inside a group or a list."""
    if kind.name == "object":
        return not merged.get("properties")
    return kind.name == "array" and not isinstance(merged.get("items"), Part)


def lists_lists(kind: FieldType, merged: Merged) -> bool:
    """Whether the items of a list are lists themselves: nobody could be asked for them one by one."""
    items = merged.get("items")
    if kind.name != "array" or not isinstance(items, Part):
        return False
    return _name(Merged(items, items.values)) == "array"


@cache
def _owners() -> Mapping[str, frozenset[str]]:
    """The types that know each keyword beyond JSON Schema's."""
    owners: dict[str, set[str]] = {}
    for name in registry.names():
        for key in registry.by_name(name).keywords:
            owners.setdefault(key, set()).add(name)
    return {**{key: frozenset(names) for key, names in owners.items()}, **ONLY_ON}


@cache
def _validator(type_name: str, key: str) -> Draft202012Validator:
    return Draft202012Validator(registry.by_name(type_name).keywords[key].schema)


def _json(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
