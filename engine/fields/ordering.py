"""Days, months and times in regular expressions, for JSON Schema, which compares no texts."""

from typing import Literal

Comparison = Literal["<", "<=", ">", ">="]

# Years divisible by four, without 1900, 2100 and 2200 (Gregorian rule).
_LEAP = "(?:18(?:5[26]|[68][048]|[79][26])|(?:19|21)(?:0[48]|[2468][048]|[13579][26])|20(?:[02468][048]|[13579][26]))"
EVERY_YEAR = "(?:18[5-9][0-9]|19[0-9]{2}|2[01][0-9]{2}|2200)"
_THIRTY_ONE = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_THIRTY = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = "02-(?:0[1-9]|1[0-9]|2[0-8])"

EVERY_DAY = f"^(?:{EVERY_YEAR}-(?:{_THIRTY_ONE}|{_THIRTY}|{_FEBRUARY})|{_LEAP}-02-29)$"
"""The days of the years 1850 to 2200, and nothing else."""

NOTHING = "[^\\s\\S]"


def order_pattern(comparison: Comparison, text: str) -> str:
    """A pattern that of texts of one form (`2026-04-01`, `2026-04`, `09:30`) finds those before or after `text`."""
    later = comparison.startswith(">")
    ways = []
    for place, digit in enumerate(text):
        last = 9 if later else 0
        if digit.isdigit() and int(digit) != last:
            ways.append(text[:place] + (_digits(int(digit) + 1, 9) if later else _digits(0, int(digit) - 1)))
    if not ways and not comparison.endswith("="):
        return NOTHING
    return f"^(?:{'|'.join([*ways, text] if comparison.endswith('=') else ways)})"


def _digits(low: int, high: int) -> str:
    return str(low) if low == high else f"[{low}-{high}]"
