"""Business days of Tokyo's offices: not weekends, national holidays, nor 29 December to 3 January.

Source: 東京都の休日に関する条例 (平成元年条例第10号) 第1条.
"""

from datetime import date, timedelta
from functools import cache

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
SATURDAY, DAYS_OF_WEEK = 5, 7
DECEMBER, JANUARY = 12, 1
LAST_DAY_OF_WORK, FIRST_DAY_OF_WORK, NEW_YEARS_EVE = 28, 4, 31
HOLIDAY_LAW = 1948  # 国民の祝日に関する法律


@cache
def _holidays(year: int) -> frozenset[date]:
    if year < HOLIDAY_LAW:
        return frozenset()
    import holidays

    return frozenset(holidays.country_holidays("JP", years=year))


def is_business_day(day: date) -> bool:
    """Whether the offices are open on `day`."""
    return day.weekday() < SATURDAY and day not in _closed(day.year)


def add_business_days(day: date, count: int) -> date:
    """The `count`-th business day after `day`; `day` itself does not count (民法第140条). `count` ≥ 0."""
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def business_days_before(day: date, count: int) -> date:
    """The last day from which `count` business days lead up to and including `day`. `count` ≥ 0."""
    if count < 0:
        raise ValueError("count must not be negative")
    while count:
        count -= is_business_day(day)
        day -= timedelta(days=1)
    return day


def open_day(day: date) -> date:
    """`day`, or the next business day where the offices are closed (東京都の休日に関する条例第2条)."""
    return day if is_business_day(day) else add_business_days(day, 1)


def business_days_between(start: date, end: date) -> int:
    """Business days after `start` up to and including `end`; negative where `end` comes first."""
    if end < start:
        return -business_days_between(end, start)
    weekdays = _weekdays_until(end) - _weekdays_until(start)
    return weekdays - sum(1 for year in range(start.year, end.year + 1) for day in _closed(year) if start < day <= end)


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from the first day of the calendar, which is a Monday, up to and including `day`."""
    weeks, rest = divmod(day.toordinal(), DAYS_OF_WEEK)
    return weeks * SATURDAY + min(rest, SATURDAY)


@cache
def _closed(year: int) -> tuple[date, ...]:
    """The Mondays to Fridays of a year on which the offices are closed."""
    turn = [date(year, JANUARY, day) for day in range(1, FIRST_DAY_OF_WORK)]
    turn += [date(year, DECEMBER, day) for day in range(LAST_DAY_OF_WORK + 1, NEW_YEARS_EVE + 1)]
    return tuple(sorted(day for day in {*turn, *_holidays(year)} if day.weekday() < SATURDAY))
