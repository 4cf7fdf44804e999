"""Reads a source's text into JSON, within limits that no source can make expensive."""

import json
import re
from typing import Any

from engine.importing.notes import Refused

LARGEST = 8 * 1024 * 1024
DEEPEST = 100
HALVES = re.compile(r"\\u[dD][89a-fA-F]")
"""Escapes of which two make one character; whether each has its other half is left to who reads them."""
TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')


def parse(source: bytes) -> Any:
    """The JSON value. Raises `Refused` for what is none, is too large, nested too deep, or holds NaN or Infinity.

    Halves of surrogate pairs are no characters (RFC 7493 §2.1): no spec, and no answer, can hold one.
    """
    if len(source) > LARGEST:
        raise Refused("too_large", limit=f"{LARGEST // 1024 // 1024} MB")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("unreadable", why=error) from None
    _measure(text)
    try:
        value = json.loads(text, parse_constant=_not_a_number)
        if HALVES.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Refused("unreadable", why=error) from None
    return value


def _measure(text: str) -> None:
    depth = 0
    for token in TOKENS.finditer(text):
        sign = token.group()
        if sign in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Refused("too_deep", limit=DEEPEST)
        elif sign in "]}":
            depth -= 1


def _not_a_number(text: str) -> Any:
    raise ValueError(text)
