"""Days as staff type them."""

from datetime import date
from unicodedata import normalize

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
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= DIGITS for part in parts):  # noqa: PLR2004
        return None
    try:
        day = date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None
    return day if EARLIEST <= day <= LATEST else None
