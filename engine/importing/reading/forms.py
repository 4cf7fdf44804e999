"""The form that each keyword's value must have; what has another form is no constraint, and is noted."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.source.characters import FORBIDDEN

LARGEST_EXACT = 2**53 - 1


def words(text: str) -> frozenset[str]:
    """A set of keywords, written as one reads them."""
    return frozenset(text.split())


TYPES = words("string number integer boolean object array null")
SCHEMA = words(
    "not if then else items contains propertyNames additionalProperties unevaluatedItems unevaluatedProperties"
)
SCHEMAS = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
SCHEMA_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas"})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_EXACT


def _is_count(value: Any) -> bool:
    return _is_number(value) and value >= 0 and value == int(value)


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _is_type(value: Any) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(name, str) and name in TYPES for name in names)


FORMS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(SCHEMA, lambda value: isinstance(value, dict | bool)),
    **dict.fromkeys(SCHEMAS, lambda value: isinstance(value, list) and bool(value)),
    **dict.fromkeys(SCHEMA_MAPS, lambda value: isinstance(value, dict)),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _is_count),
    **dict.fromkeys(("minContains", "maxContains"), _is_count),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _is_number),
    **dict.fromkeys(("title", "description", "pattern", "format", "$ref"), lambda value: isinstance(value, str)),
    "multipleOf": lambda value: _is_number(value) and value > 0,
    "uniqueItems": lambda value: isinstance(value, bool),
    "required": _are_names,
    "type": _is_type,
    "enum": lambda value: isinstance(value, list) and bool(value),
    "dependentRequired": lambda value: isinstance(value, dict) and all(map(_are_names, value.values())),
}


def writable(value: Any) -> bool:
    """Whether a spec can hold a value exactly: no control characters, no numbers that a reader might round."""
    if isinstance(value, str):
        return not FORBIDDEN.search(value)
    if isinstance(value, dict):
        return all(name and writable(name) and writable(inner) for name, inner in value.items())
    if isinstance(value, list):
        return all(map(writable, value))
    return isinstance(value, bool) or value is None or _is_number(value)


def depth_of(value: Any) -> int:
    """Levels of lists and objects."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth_of, inner), default=0)


def well_formed(keyword: str, value: Any) -> bool:
    """Whether the value can be that of the keyword."""
    form = FORMS.get(keyword)
    return form is None or form(value)
