"""Authors' patterns, which a linear-time engine reads, in the form in which every dialect of JSON Schema reads them."""

import re
from typing import Any

from engine.compiling.fields.patterns import DATA, MAPS

CLASSES = {"d": "0-9", "w": "0-9A-Za-z_", "s": "\\t\\n\\f\\r "}
SCHEMAS = MAPS | {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "contains", "items", "prefixItems", "$ref",
                  "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "propertyNames"}  # fmt: skip
ALIKE = frozenset("tnrf")
"""Escapes with a letter that mean the same everywhere."""

ANYTHING = re.compile(r"\(\?s:\.(?P<times>\*|\{\d+\})\)")
"""Signs of any kind, as imported patterns have it."""

END = "(?![\\s\\S])"
"""The end of the text: where line breaks are allowed, some take `$` to stand also before the last of them."""


def portable(pattern: str, *, lines: bool) -> str | None:
    """The same pattern for everybody; None where only our engine reads it so. `lines`: the text may have several."""
    written, place, inside = "", 0, False
    while place < len(pattern):
        if not inside and (anything := ANYTHING.match(pattern, place)):
            written += f"[\\s\\S]{anything['times']}"
            place = anything.end()
            continue
        sign = pattern[place]
        width = 2 if sign == "\\" else 1
        if sign == "\\":
            found = _escaped(pattern[place + 1 : place + 2], inside=inside)
            if found is None:
                return None
            written += found
        elif _differs(pattern[place:], inside=inside):
            return None
        else:
            written += END if sign == "$" and lines and not inside else sign
        inside = sign == "[" or (inside and sign != "]") if width == 1 else inside
        place += width
    return written


def _escaped(sign: str, *, inside: bool) -> str | None:
    if sign.lower() in CLASSES:
        if not inside:
            return f"[{'^' if sign.isupper() else ''}{CLASSES[sign.lower()]}]"
        return CLASSES.get(sign)
    return None if sign.isalnum() and sign not in ALIKE else f"\\{sign}"


def _differs(rest: str, *, inside: bool) -> bool:
    """Named groups, flags, named classes, open lower bounds, brackets in brackets are read in many ways."""
    if inside:
        return rest.startswith(("[", "--", "&&", "||", "~~"))
    return (rest.startswith("(?") and not rest.startswith("(?:")) or rest.startswith(("{,", "[]", "[^]"))


def with_portable_patterns(schema: dict[str, Any], *, lines: bool) -> tuple[dict[str, Any], list[str]]:
    """The schema, and the patterns that had to be left out of it."""
    left_out: list[str] = []
    found = _rewritten(schema, lines, left_out)
    if left_out and left_out != [schema.get("pattern")]:  # deep inside, where less may mean more: under `not`
        found = {keyword: value for keyword, value in found.items() if keyword not in SCHEMAS}
    return found, left_out


def _rewritten(schema: Any, lines: bool, left_out: list[str]) -> Any:  # noqa: FBT001 - handed down
    if isinstance(schema, list):
        return [_rewritten(inner, lines, left_out) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword == "pattern":
            pattern = portable(value, lines=lines)
            if pattern is None:
                left_out.append(value)
            else:
                found[keyword] = pattern
        elif keyword in MAPS:
            if keyword == "patternProperties":
                left_out += [name for name in value if portable(name, lines=True) != name]
            found[keyword] = {name: _rewritten(inner, lines, left_out) for name, inner in value.items()}
        else:
            found[keyword] = value if keyword in DATA else _rewritten(value, lines, left_out)
    return found
