"""Takes out of a document what cannot be where it stands, before anything looks for references in it."""

from typing import Any

from engine.importing.notes import Notes, pointer
from engine.importing.reading.forms import SCHEMA, SCHEMA_MAPS, SCHEMAS, depth_of, writable

TEXTS = frozenset({"$id", "id", "$anchor", "$dynamicAnchor", "$schema", "$ref", "$dynamicRef", "$recursiveRef"})
NAMES = frozenset({"dependencies", "dependentRequired"})
"""Maps whose values may be lists of names."""
MAPS = SCHEMA_MAPS | NAMES | {"definitions", "$defs"}
DEEPEST_VALUE = 8


def clean(schema: Any, notes: Notes, place: str = "", *, tuples: bool = True) -> Any:
    """The schema with those inside it: mappings or truth values, under names and with values that can be kept.

    `tuples`: whether `items` may be a list, as it may before 2020-12.
    """
    if not isinstance(schema, dict):
        if not isinstance(schema, bool):
            notes.add("no_schema", place)
        return schema if isinstance(schema, bool) else True
    found: dict[str, Any] = {}
    for keyword, value in schema.items():
        here = pointer(place, keyword)
        if keyword == "items" and isinstance(value, list) and not tuples:
            found |= _refuse(keyword, value, notes, here)
        elif keyword in SCHEMA and (keyword != "items" or not isinstance(value, list)):
            found[keyword] = clean(value, notes, here, tuples=tuples)
        elif keyword in SCHEMAS or keyword == "items":
            found |= _list(keyword, value, notes, here, tuples=tuples)
        elif keyword in MAPS:
            found |= _map(keyword, value, notes, here, tuples=tuples)
        elif keyword in TEXTS:
            found |= _text(keyword, value, notes, here)
        else:
            found |= _value(keyword, value, notes, here)
    return found


def _list(keyword: str, value: Any, notes: Notes, place: str, *, tuples: bool) -> dict[str, Any]:
    if not isinstance(value, list) or not value:
        return _refuse(keyword, value, notes, place)
    return {keyword: [clean(inner, notes, pointer(place, index), tuples=tuples) for index, inner in enumerate(value)]}


def _map(keyword: str, value: Any, notes: Notes, place: str, *, tuples: bool) -> dict[str, Any]:
    if not isinstance(value, dict):
        return _refuse(keyword, value, notes, place)
    found: dict[str, Any] = {}
    lists_first = sorted(value.items(), key=lambda pair: not isinstance(pair[1], list))  # for whoever reads on
    for name, inner in lists_first if keyword == "dependencies" else value.items():
        if not name or not writable(name):
            notes.add("unwritable", place, value=repr(name))
        elif keyword in NAMES and isinstance(inner, list):
            found[name] = _names(inner, notes, pointer(place, name))
        elif keyword == "dependentRequired":
            found[name] = inner
        else:
            found[name] = clean(inner, notes, pointer(place, name), tuples=tuples)
    return {keyword: found}


def _names(value: list[Any], notes: Notes, place: str) -> list[Any]:
    """Those that a spec can hold; what is no name at all is told by whoever reads the list."""
    for name in value:
        if isinstance(name, str) and not (name and writable(name)):
            notes.add("unwritable", place, value=repr(name))
    return [name for name in value if not isinstance(name, str) or (name and writable(name))]


def _text(keyword: str, value: Any, notes: Notes, place: str) -> dict[str, Any]:
    """A name or a reference; a reference that is none could only mislead."""
    if not isinstance(value, str) or not writable(value):
        return _refuse(keyword, value, notes, place)
    return {keyword: value}


def _value(keyword: str, value: Any, notes: Notes, place: str) -> dict[str, Any]:
    """What is listed has to be kept exactly; what cannot be goes from the list. 2.0 and 2 are the same number."""
    value = _whole(value)
    if keyword == "enum" and isinstance(value, list):
        kept = [one for one in value if _keepable(one)]
        for one in value:
            if not _keepable(one):
                notes.add("unwritable", place, value=repr(one))
        return {keyword: kept} if kept or not value else {"not": {}}
    if keyword == "const" and not _keepable(value):
        notes.add("unwritable", place, value=repr(value))
        return {"not": {}}
    if keyword == "required" and isinstance(value, list):
        return {keyword: [name for name in value if isinstance(name, str) and name and writable(name)]}
    return {keyword: value}


def _whole(value: Any) -> Any:
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    if isinstance(value, dict):
        return {name: _whole(inner) for name, inner in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() and writable(value) else value


def _keepable(value: Any) -> bool:
    return depth_of(value) <= DEEPEST_VALUE and writable(value)


def _refuse(keyword: str, value: Any, notes: Notes, place: str) -> dict[str, Any]:
    notes.add("bad_form", place, keyword=keyword, value=repr(value))
    return {}
