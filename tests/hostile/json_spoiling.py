"""Ways to spoil JSON: values of other kinds, enormous, deep, twice under one name; and the bytes of it."""

import json
from collections.abc import Sequence
from random import Random
from typing import Any

from tests.hostile.mutation import spoiled

DEEP = 20_000
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**12, 10**30, -(10**400), 1.5, 1e300, 1e-320),
    *("", " ", "x", "x" * 70_000, "\x00", "a\x00b", "\ud800", "\u202e", "𠮷", "2026-02-30", "9999999999", "-", "null"),
    *([], {}, [[]], [None], [{}], {"": ""}, {"id": {}}, ["a", 1, None]),
)
RAW = (
    *(b"NaN", b"-Infinity", b"1e999", b"9" * 5000, b"-0", b"01", b"1.", b"[" * DEEP, b'{"a":' * DEEP),
    *(
        b"[" * DEEP + b"]" * DEEP,
        b'"\\ud800"',
        b'"\\u0000"',
        b"'x'",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe",
        b"",
        b"null",
        b"[]",
    ),
)
MARK = "@here@"


def spoiled_json(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """The JSON with a few things wrong; bytes that are none are spoiled as bytes."""
    if chance.random() < 0.2:
        return spoiled(chance, source, others)
    try:
        value = json.loads(source)
    except (ValueError, RecursionError):
        return spoiled(chance, source, others)
    raw: list[bytes] = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        value = _changed(chance, value, raw)
    try:
        text = json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return source
    for one in raw:
        text = text.replace(f'"{MARK}"'.encode(), one, 1)
    return _twice(chance, text) if chance.random() < 0.1 else text


def _changed(chance: Random, value: Any, raw: list[bytes]) -> Any:
    """One place, however deep, is something else."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        return _another_entry(chance, value, raw)
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        if chance.random() < 0.2:
            return value * chance.choice([0, 2, 50])
        return [*value[:place], _changed(chance, value[place], raw), *value[place + 1 :]]
    if chance.random() < 0.15:
        raw.append(chance.choice(RAW))
        return MARK
    return chance.choice(ODD)


def _another_entry(chance: Random, value: dict[str, Any], raw: list[bytes]) -> dict[str, Any]:
    """One less, one more, or another value."""
    key, way = chance.choice(list(value)), chance.random()
    if way < 0.1:
        return {name: inner for name, inner in value.items() if name != key}
    if way < 0.2:
        return {**value, chance.choice(["", "x", "\x00", "__class__", key + " ", "𠮷"]): chance.choice(ODD)}
    return {**value, key: _changed(chance, value[key], raw)}


def _twice(chance: Random, text: bytes) -> bytes:
    """The first name of an object stands in it twice."""
    if not text.startswith(b'{"'):
        return text
    name = text[1 : text.index(b'"', 2) + 1]
    return b"{" + name + b": " + chance.choice([b"1", b'"x"', b"null", b"{}"]) + b", " + text[1:]
