"""Authors' patterns and references inside a field's schema: linear-time, local, and anchored where we promise it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import re2

from engine.compiling import codes
from engine.problems import Place, Report

OPTIONS = re2.Options()
OPTIONS.log_errors = False
OPTIONS.max_mem = 1 << 20
KEPT = 1_000

# Keywords whose value is data, not a schema: a "pattern" in there is somebody's answer.
DATA = frozenset({"enum", "const", "default", "examples"})
# Keywords whose value maps names of the author's choice to schemas.
MAPS = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs"})


def anchored(pattern: str) -> str:
    """The standard pattern that means what ours means: the whole value has this form."""
    return f"^(?:{pattern})$"


def check(schema: dict[str, Any], place: Place, path: str, report: Report) -> None:
    """Refuse patterns that the linear-time engine does not take, and references that lead nowhere."""
    for keyword, value in _walk(schema):
        if keyword == "pattern":
            _compile(value, place, f"{path}.pattern", report)
        elif keyword == "patternProperties":
            for pattern in value:
                _compile(pattern, place, f"{path}.patternProperties", report)
        elif keyword in {"$ref", "$dynamicRef"} and not resolves(schema, value):
            report.add(codes.BAD_REFERENCE, place, f"{path}.{keyword}", reference=value)


def resolves(schema: Any, reference: str) -> bool:
    """Whether `#`, a JSON pointer or an anchor leads to a schema inside `schema`."""
    if not reference.startswith("#"):
        return False
    if not reference.startswith("#/"):
        anchors = {value for keyword, value in _walk(schema) if keyword in {"$anchor", "$dynamicAnchor"}}
        return reference == "#" or reference[1:] in anchors
    target = schema
    for step in reference[2:].split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(target, list) and key.isdigit() and int(key) < len(target):
            target = target[int(key)]
        elif isinstance(target, dict) and key in target:
            target = target[key]
        else:
            return False
    return isinstance(target, dict | bool)


def _compile(pattern: str, place: Place, path: str, report: Report) -> None:
    complaint = _complaint(pattern)
    if complaint is not None:
        report.add(codes.BAD_PATTERN, place, path, pattern=pattern, complaint=complaint)


@lru_cache(KEPT)
def _complaint(pattern: str) -> str | None:
    """What is wrong with a pattern; the same ones come again and again, those of our own types above all."""
    try:
        re2.compile(pattern, OPTIONS)
    except re2.error as error:
        return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    return None


def _walk(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every keyword of the schema and of the schemas inside it."""
    if isinstance(schema, list):
        for inner in schema:
            yield from _walk(inner)
    elif isinstance(schema, dict):
        for keyword, value in schema.items():
            yield keyword, value
            if keyword in MAPS:
                yield from _walk(list(value.values()))
            elif keyword not in DATA:
                yield from _walk(value)
