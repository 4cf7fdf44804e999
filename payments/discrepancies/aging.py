"""How old something on the worklist is, in the bands that finance counts in."""

from datetime import date, datetime, timedelta

from payments.days import start_of
from procedures.days import tokyo_day

BANDS: tuple[tuple[int, int | None], ...] = ((0, 7), (8, 30), (31, 90), (91, None))
"""Days from the day it was found: 0–7, 8–30, 31–90, more than 90."""


def age(found_at: datetime, today: date) -> int:
    """Whole days (Tokyo) since it was found."""
    return (today - tokyo_day(found_at)).days


def band_of(days: int) -> int:
    """Which band an age is in, from 0."""
    return next(index for index, (_, last) in enumerate(BANDS) if last is None or days <= last)


def moments(band: int, today: date) -> tuple[datetime | None, datetime | None]:
    """What was found from the first moment on and before the second is in the band; None is no limit."""
    first, last = BANDS[band]
    since = None if last is None else start_of(today - timedelta(days=last))
    until = None if first == 0 else start_of(today - timedelta(days=first - 1))
    return since, until
