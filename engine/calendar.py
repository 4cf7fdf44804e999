"""Business days of Tokyo's offices: not weekends, national holidays, nor 29 December to 3 January.

Source: 東京都の休日に関する条例 (平成元年条例第10号) 第1条.
"""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5
DECEMBER, JANUARY = 12, 1
LAST_DAY_OF_WORK, FIRST_DAY_OF_WORK = 28, 4


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("JP", years=year))


def is_business_day(day: date) -> bool:
    """Whether the offices are open on `day`."""
    if day.weekday() >= SATURDAY:
        return False
    if (day.month, day.day) > (DECEMBER, LAST_DAY_OF_WORK) or (day.month, day.day) < (JANUARY, FIRST_DAY_OF_WORK):
        return False
    return day not in _holidays(day.year)


def add_business_days(day: date, count: int) -> date:
    """The `count`-th business day after `day`; `day` itself does not count (民法第140条). `count` ≥ 0."""
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def business_days_between(start: date, end: date) -> int:
    """Business days after `start` up to and including `end`; negative where `end` comes first."""
    if end < start:
        return -business_days_between(end, start)
    return sum(is_business_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))
