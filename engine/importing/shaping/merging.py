"""Two schemas that both must hold, as one: what `allOf` and `$ref` say is said in one place, where that is exact."""

from collections.abc import Callable, Mapping
from typing import Any

Schema = Any

WORDING = frozenset(
    ["title", "description", "default", "examples", "x-titles", "x-name", "deprecated", "readOnly", "writeOnly"]
)
LISTING = frozenset({"properties", "patternProperties", "additionalProperties"})
ITEMS = frozenset({"prefixItems", "items"})
TOGETHER = (frozenset({"if", "then", "else"}), frozenset({"contains", "minContains", "maxContains"}))
LOOKING_AROUND = frozenset({"unevaluatedProperties", "unevaluatedItems"})
"""Keywords that see what their neighbours say: a schema with one of them is never taken apart."""


def meet(one: Schema, other: Schema) -> Schema:
    """A schema that accepts just what both accept; the wording is that of `one`, where it has any."""
    if one is False or other is False:
        return False
    if one is True or same(one, other):
        return other
    if other is True:
        return one
    if LOOKING_AROUND & other.keys():
        return _beside(one, other)
    found = dict(one)
    rest: dict[str, Any] = {}
    group = _listing(found, other)
    for keyword in other:
        if keyword not in LISTING:
            rest |= _joins(one, found, keyword, other)
    return _beside(found | group.said, group.rest | rest)


def _joins(one: Schema, found: dict[str, Any], keyword: str, other: Mapping[str, Any]) -> dict[str, Any]:
    """Add one keyword of the other schema to what was found; what has to stand beside it instead."""
    value = other[keyword]
    if keyword == "allOf":
        found["allOf"] = [*found.get("allOf", ()), *value]
    elif keyword not in found and not _bound(keyword, one, other):
        found[keyword] = value
    elif keyword not in WORDING and not same(found.get(keyword), value):
        if keyword not in MEETINGS or keyword not in found:
            return {near: other[near] for near in _near(keyword) if near in other}
        found[keyword] = MEETINGS[keyword](found[keyword], value)
    return {}


class _Group:
    """Keywords about properties, which only mean something together: those said in one place, and the rest."""

    def __init__(self, said: Mapping[str, Any], rest: Mapping[str, Any]) -> None:
        self.said, self.rest = dict(said), dict(rest)


def _listing(one: Mapping[str, Any], other: Mapping[str, Any]) -> _Group:
    ours = {key: one[key] for key in LISTING if key in one}
    theirs = {key: other[key] for key in LISTING if key in other}
    if not ours or not theirs:
        return _Group(ours or theirs, {})
    names = [part.get("properties", {}).keys() for part in (ours, theirs)]
    if _open(ours) and _open(theirs):
        return _Group(_joined(ours, theirs), {})
    if _plain(ours) and _plain(theirs):
        closed = [part.get("additionalProperties", True) is False for part in (ours, theirs)]
        if all(closed) and names[0] == names[1]:
            return _Group({**_joined(ours, theirs), "additionalProperties": False}, {})
        if closed == [True, False] and names[1] <= names[0]:
            return _Group({**_joined(ours, theirs), "additionalProperties": False}, {})
        if closed == [False, True] and names[0] <= names[1]:
            return _Group({**_joined(theirs, ours), "additionalProperties": False}, {})
    return _Group(ours, theirs)


def _open(part: Mapping[str, Any]) -> bool:
    return part.get("additionalProperties", True) is True and "patternProperties" not in part


def _plain(part: Mapping[str, Any]) -> bool:
    return isinstance(part.get("additionalProperties", True), bool) and "patternProperties" not in part


def _joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(one.get("properties", {}))
    for name, schema in other.get("properties", {}).items():
        found[name] = meet(found[name], schema) if name in found else schema
    return {"properties": found}


def _bound(keyword: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a keyword belongs to neighbours of which the other schema has its own."""
    if keyword in ITEMS:
        return bool(ITEMS & one.keys()) and not (ITEMS & one.keys() == ITEMS & other.keys() == {"items"})
    return any(keyword in group and group & one.keys() for group in TOGETHER)


def _near(keyword: str) -> frozenset[str]:
    return next((group for group in (ITEMS, *TOGETHER) if keyword in group), frozenset({keyword}))


def _beside(found: Mapping[str, Any], rest: Mapping[str, Any]) -> dict[str, Any]:
    wording = {key: value for key, value in rest.items() if key in WORDING and key not in found}
    rules = {key: value for key, value in rest.items() if key not in WORDING}
    more = {"allOf": [*found.get("allOf", ()), rules]} if rules else {}
    return {**found, **wording, **more}


def _types(one: Any, other: Any) -> Any:
    """What is of both types; an integer is a number."""
    ours, theirs = (kinds if isinstance(kinds, list) else [kinds] for kinds in (one, other))
    found = [kind for kind in ours if kind in theirs or (kind == "integer" and "number" in theirs)]
    found += [kind for kind in theirs if kind == "integer" and "number" in ours and kind not in found]
    return found[0] if len(found) == 1 else found


def _values(one: list[Any], other: list[Any]) -> list[Any]:
    return [value for value in one if any(same(value, theirs) for theirs in other)]


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal: true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


MEETINGS: Mapping[str, Callable[[Any, Any], Any]] = {
    "type": _types,
    "enum": _values,
    "required": lambda one, other: list(dict.fromkeys([*one, *other])),
    "items": meet,
    "uniqueItems": lambda one, other: one or other,
    **dict.fromkeys(("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"), max),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"), min),
}
