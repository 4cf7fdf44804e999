"""Writes a spec as people write it: short things on one line, long ones in blocks, quotes only where needed."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.source.scalars import NotExact, resolve

WIDEST = 116
GROUPS = frozenset({"steps:", "fields:", "properties:"})
PLAIN = re.compile(r"[/A-Za-z\u3040-\u30ff\u3400-\u9fff][A-Za-z0-9_\u3040-\u30ff\u3400-\u9fff ()（）・、。./+-]*\Z")

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Remark(str):
    """A comment that stands above what follows it; as a key of a mapping, with anything as its value."""

    __slots__ = ()


def write(value: Mapping[str, Any]) -> str:
    """The text of a mapping."""
    return "\n".join(_block(value, 0)) + "\n"


def _block(value: Any, indent: int) -> Iterator[str]:
    margin = " " * indent
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, Remark):
                yield from (f"{margin}# {line}".rstrip() if line else "" for line in key.split("\n"))
            else:
                yield from _entry(f"{margin}{scalar(key)}:", inner, indent + 2)
    else:
        for inner in value:
            yield from _entry(f"{margin}-", inner, indent + 2)


def _entry(start: str, value: Any, indent: int) -> Iterator[str]:
    holds = isinstance(value, Mapping | list | tuple) and bool(value)
    if not holds or not (_unfolds(start, value) or len(start) + _width(value, WIDEST) > WIDEST):
        yield f"{start} {flow(value)}"
        return
    lines = list(_block(value, indent))
    if isinstance(value, Mapping) and start.endswith("-"):
        yield f"{start} {lines.pop(0).lstrip()}"
    else:
        yield start
    yield from lines


def _unfolds(start: str, value: Any) -> bool:
    """What an author would unfold whatever its length: steps, groups of questions, and what stands in them."""
    if not isinstance(value, Mapping):
        return False
    return start.strip() in GROUPS or bool({"fields", "properties"} & value.keys() and "title" in value)


def _width(value: Any, most: int) -> int:
    """How wide it is on one line; not measured on past `most`."""
    if isinstance(value, Mapping | list | tuple) and len(value) > most:
        return most + 1
    return len(flow(value))


def flow(value: Any) -> str:
    """On one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A single value, quoted where YAML would read something else."""
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value)


def _quoted(text: str) -> str:
    if {"\\", '"'} & set(text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    if DAY.match(text):
        return True
    if not PLAIN.match(text) or text.endswith(" "):
        return False
    try:
        return isinstance(resolve(text), str)
    except NotExact:
        return False
