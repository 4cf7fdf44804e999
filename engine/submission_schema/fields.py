"""The schema of one field: its own keywords, what its type checks, its limits, in patterns that everybody reads."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.expressions import UNKNOWN, Expression, Scope
from engine.fields.base import COUNTS, LIMITS, UNREADABLE
from engine.fields.ordering import Comparison, order_pattern
from engine.fields.written import is_as_written
from engine.model import Field, Procedure
from engine.submission_schema.conditions.constants import number
from engine.submission_schema.patterns import with_portable_patterns
from engine.submission_schema.rules import Path, Rules

COMPARED: Mapping[str, Comparison] = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}
DIGITS = re.compile("[0-9:-]+")
REFERENCES = frozenset({"$ref", "$dynamicRef", "$anchor", "$dynamicAnchor"})
WITHOUT_TEXT = frozenset({"boolean", "integer", "number", "null"})
LINE, LINES = "line", "lines"
UNSEEN: Mapping[str, str] = {
    LINE: "[\\x00-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]",
    LINES: "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]",
}
"""Invisible control characters, which no text has (`engine.fields.keyboards`): of one line, of several.

The halves of surrogate pairs are not among them: no JSON that is exchanged has them (RFC 7493 §2.1), and not every
dialect of patterns can name them.
"""


def field_schema(one: Field, path: Path, rules: Rules) -> dict[str, Any]:
    """Everything about its own answer; what stands inside it, and when it is asked, is for others."""
    lines = one.type.control == "textarea"
    schema, left_out = with_portable_patterns(dict(one.schema), lines=lines)
    for pattern in left_out:
        rules.of_pattern(path, one.title, pattern)
    for more in (one.type.checked(one), *_limits(one, path, rules)):
        schema = conjoined(schema, more)
    for name, keyword in one.type.keywords.items():
        if keyword.rule and name in one.settings:
            rules.of_setting(path, one, name)
    if _checks_more(one):
        rules.of_type(path, one)
    if refers(schema):  # in a place of its own, so that `#/…` means the keywords of this field
        schema = {"allOf": [{"$id": f"{rules.address}:{'.'.join(path)}", **schema}]}
    return {**({"title": one.title.ja} if one.title.ja else {}), **schema}


def whole_schema(procedure: Procedure, rules: Rules) -> dict[str, Any]:
    """What the author says of all answers together, in a place of its own: `#/…` means it alone."""
    schema, left_out = with_portable_patterns(dict(procedure.schema), lines=True)
    for pattern in left_out:
        rules.of_pattern((), procedure.title, pattern)
    return {"$id": f"{rules.address}:schema", **schema}


def printable(name: str) -> dict[str, Any]:
    """The definition `name` (`line`, `lines`): no invisible character in a text, nor in the texts inside an answer."""
    inside = {"$ref": f"#/$defs/{name}"}
    return {
        "not": {"type": "string", "pattern": UNSEEN[name]},
        "items": inside,
        "additionalProperties": inside,
    }


def refers(schema: Any) -> bool:
    """Whether something in it refers to a place in it."""
    if isinstance(schema, dict):
        return bool(REFERENCES & schema.keys()) or any(refers(inner) for inner in schema.values())
    return isinstance(schema, list) and any(refers(inner) for inner in schema)


def holds_text(one: Field) -> bool:
    """Whether a text that somebody typed can stand in its answer itself, not in one of a field inside it."""
    inner = one.properties or one.items is not None
    items = one.schema.get("items")
    listed = [one.schema, items] if isinstance(items, dict) else [one.schema]
    chosen = any({"enum", "const"} & schema.keys() for schema in listed)
    kinds = one.schema.get("type")
    known = {kinds} if isinstance(kinds, str) else set(kinds or ("string",))
    return not inner and not chosen and not known <= WITHOUT_TEXT


def conjoined(schema: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Both of them, side by side where no keyword meets another."""
    if not schema.keys() & more.keys():
        return {**schema, **more}
    return {**schema, "allOf": [*schema.get("allOf", ()), dict(more)]}


def _limits(one: Field, path: Path, rules: Rules) -> Iterator[dict[str, Any]]:
    """Limits that are written out or constant as keywords; those that depend on anything are rules."""
    for keyword in sorted(LIMITS & one.settings.keys()):
        written = one.settings[keyword]
        if _is_answer(one, written):
            yield {"pattern": order_pattern(COMPARED[keyword], written)}
        else:
            rules.of_setting(path, one, keyword)
    for keyword, limit in one.limits.items():
        said = None if limit.names or "today" in limit.source else _constant(one, keyword, limit)
        if said is None:
            rules.of_expression(path, keyword, limit)
        else:
            yield said


def _is_answer(one: Field, written: str) -> bool:
    """Whether a limit is written as answers are, in digits: then texts come in the order of what they mean."""
    try:
        return bool(DIGITS.fullmatch(written)) and one.type.value(one, written) == one.type.bound(written)
    except UNREADABLE:
        return False


def _constant(one: Field, keyword: str, limit: Expression) -> dict[str, Any] | None:
    """A limit that needs no answers, as keywords; None where there are none for it."""
    value = limit.evaluate(Scope({}, date.min))
    if isinstance(value, date):
        text = value.isoformat()
        return {"pattern": order_pattern(COMPARED[keyword], text)} if is_as_written(one.type) else None
    bound = None if value is UNKNOWN else number(value)
    if bound is None or (keyword in COUNTS and not isinstance(bound, int)):
        return None
    return {"minItems": bound, "maxItems": bound} if keyword == "count" else {keyword: bound}


def _checks_more(one: Field) -> bool:
    """Whether its type looks at more than `checked` says: it need not say so, it is enough that it looks."""
    return one.type.judges(one) and (one.type.rule is None or bool(one.type.rule))
