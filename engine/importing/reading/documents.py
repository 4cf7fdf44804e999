"""Reads a source's text into JSON, within limits that no source can make expensive."""

import json
import re
from typing import Any

from engine.importing.notes import Refused

LARGEST = 8 * 1024 * 1024
DEEPEST = 100
TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')


def parse(source: bytes) -> Any:
    """The JSON value. Raises `Refused` for what is none, is too large, nested too deep, or holds NaN or Infinity."""
    if len(source) > LARGEST:
        raise Refused("too_large", limit=f"{LARGEST // 1024 // 1024} MB")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("unreadable", why=error) from None
    _measure(text)
    try:
        return json.loads(text, parse_constant=_not_a_number)
    except (ValueError, RecursionError) as error:
        raise Refused("unreadable", why=error) from None


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
