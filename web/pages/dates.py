"""Days as staff type them."""

from datetime import date
from unicodedata import normalize

from engine.digits import whole

EARLIEST = date(2000, 1, 1)
LATEST = date(2999, 12, 31)
DIGITS = 8


def read_day(text: str) -> date | None:
    """A day from 2026-04-01, 2026/4/1, 20260401, also in full-width; None for what is no day, or far from any use."""
    plain = normalize("NFKC", text).strip()
    for separator in "/.‐–—−ー年月":
        plain = plain.replace(separator, "-")
    parts = plain.rstrip("日").split("-")
    if len(parts) == 1 and len(plain) == DIGITS:
        parts = [plain[:4], plain[4:6], plain[6:]]
    numbers = [number for part in parts if (number := whole(part, LATEST.year)) is not None]
    if len(parts) != 3 or len(numbers) != 3:  # noqa: PLR2004 - year, month, day
        return None
    try:
        day = date(*numbers)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
