"""Plain scalars after the YAML 1.2 core schema, narrowed: what YAML versions read differently stays text."""

import math
import re

WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}

# A leading zero ("0300") is a number to one reader and a code to the next, so it stays text; so do 0o17 and 0x1F.
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z")
NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)\Z")

LARGEST_EXACT = 2**53 - 1
"""Above this a JSON reader may round (RFC 8259 §6)."""

LONGEST_NUMBER = 40


class NotExact(ValueError):
    """A number that JSON cannot carry exactly."""


def resolve(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar. Raises `NotExact` for a number that would be rounded or is none."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if NOT_FINITE.match(text):
        raise NotExact(text)
    if WHOLE.match(text):
        if len(text) > LONGEST_NUMBER or abs(int(text)) > LARGEST_EXACT:
            raise NotExact(text)
        return int(text)
    if DECIMAL.match(text):
        number = float(text) if len(text) <= LONGEST_NUMBER else math.inf
        if math.isinf(number):
            raise NotExact(text)
        return number
    return text
