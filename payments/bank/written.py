"""Days and amounts as banks write them: full-width, with commas and signs, in years of an era or of the west."""

import re
from datetime import date, timedelta
from unicodedata import normalize

from engine.eras import ERAS, day_in, read_year

AHEAD = timedelta(days=7)
"""How far in the future a day may lie: banks book ahead over holidays."""
BEHIND = timedelta(days=3 * 366)
"""How old a day may be: older ones are rather years read in the wrong era."""

_DAY = re.compile(r"(?P<year>.*?)[年./-](?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?", re.ASCII)
_AMOUNT = re.compile(r"(?P<minus>[-−▲△])?[¥\\]?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)円?", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―ー−", "-"))
_SIX, _EIGHT = 6, 8


class NotWritten(ValueError):
    """The text is no day or no amount of the kind that is looked for."""


def plain(text: str) -> str:
    """Half-width and without the spaces around it."""
    return normalize("NFKC", text).strip()


def read_yen(text: str) -> int:
    """`１，２３４円`, `¥1,234`, `▲500`: whole yen. Raises `NotWritten`."""
    found = _AMOUNT.fullmatch(plain(text).replace(" ", ""))
    if found is None:
        raise NotWritten(text)
    yen = int(found["digits"].replace(",", ""))
    return -yen if found["minus"] else yen


def read_day(text: str, today: date) -> date:
    """`2026-04-01`, `2026年4月1日`, `20260401`, `R8.4.1`, `令和8年4月1日`, `080401`. Raises `NotWritten`.

    A year of two digits without its era is the one of 令和, or of the west, that is near `today`.
    """
    bare = plain(text).replace(" ", "").translate(_DASHES)
    if _digits(bare, _EIGHT):
        return _near([_calendar(int(bare[:4]), int(bare[4:6]), int(bare[6:]))], today, text)
    if _digits(bare, _SIX):
        return _short(int(bare[:2]), int(bare[2:4]), int(bare[4:]), today, text)
    found = _DAY.fullmatch(bare)
    if found is None:
        raise NotWritten(text)
    month, day = int(found["month"]), int(found["day"])
    try:
        era, year = read_year(found["year"])
        if era is None and year < 100:  # noqa: PLR2004 - two digits
            return _short(year, month, day, today, text)
        candidate = day_in(era, year, month, day) if era else date(year, month, day)
    except ValueError as wrong:
        raise NotWritten(text) from wrong
    return _near([candidate], today, text)


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdecimal()


def _short(year: int, month: int, day: int, today: date, text: str) -> date:
    era = ERAS[-1]
    western = [_calendar(era.first.year + year - 1, month, day) if year else None, _calendar(2000 + year, month, day)]
    return _near(western, today, text)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _near(candidates: list[date | None], today: date, text: str) -> date:
    """The first candidate that a statement of these days can hold."""
    for candidate in candidates:
        if candidate is not None and today - BEHIND <= candidate <= today + AHEAD:
            return candidate
    raise NotWritten(text)
