"""Functions of days: ages, distances, deadlines."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from engine.calendar import business_days_between
from engine.expressions.functions.base import Function, always
from engine.expressions.scope import UNKNOWN
from engine.expressions.types import DATE, NUMBER

MONTHS = 12
MOST_DAYS = 4_000_000  # more than from year 1 to 9999


def age_on(born: date, day: date) -> Decimal:
    """Years completed on `day`: an age is reached at the end of the day before the birthday.

    Law: 年齢計算ニ関スル法律 (明治35年法律第50号) with 民法第143条: whoever is born on 1 April reaches it on
    31 March, and whoever is born on 29 February on 28 February.
    """
    tomorrow = day + timedelta(days=1)
    before_birthday = (tomorrow.month, tomorrow.day) < (born.month, born.day)
    return Decimal(tomorrow.year - born.year - before_birthday)


def add_months(day: date, months: Decimal) -> date:
    """The same day of a later month, or its last day where it has none (民法第143条第2項ただし書)."""
    count = day.year * MONTHS + day.month - 1 + whole(months)
    year, month = divmod(count, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: Decimal) -> date:
    """So many days later, the day itself not counted (民法第140条); earlier where `days` is negative."""
    return day + timedelta(days=whole(days))


def whole(number: Decimal) -> int:
    """Days and months come whole, and in numbers that a calendar has; ValueError for others."""
    if number != number.to_integral_value() or abs(number) > MOST_DAYS:
        raise ValueError(number)
    return int(number)


def in_calendar(calculate: Callable[..., date | Decimal]) -> Callable[..., Any]:
    """The same, unknown for what no calendar has."""

    def calculated(*values: Any) -> Any:
        try:
            return calculate(*values)
        except (OverflowError, ValueError):  # half a day, before year 1, after 9999
            return UNKNOWN

    return calculated


FUNCTIONS = (
    Function(
        name="age_on",
        usage="age_on(born, today)",
        doc={
            "ja": "その日の満年齢（誕生日の前日に1歳加わる）",
            "en": "The age on a day (reached the day before the birthday)",
        },
        wanted=(DATE, DATE),
        result=always(NUMBER),
        calculate=in_calendar(age_on),
        said="explain.age_on",
    ),
    Function(
        name="days_between",
        usage="days_between(from_day, to_day)",
        doc={
            "ja": "2つの日の間の日数（初日は数えない）",
            "en": "Days from the first to the second, the first not counted",
        },
        wanted=(DATE, DATE),
        result=always(NUMBER),
        calculate=lambda start, end: Decimal((end - start).days),
        said="explain.days_between",
    ),
    Function(
        name="add_days",
        usage="add_days(today, 7)",
        doc={"ja": "何日か後（負の数なら前）の日", "en": "So many days later (earlier, if negative)"},
        wanted=(DATE, NUMBER),
        result=always(DATE),
        calculate=in_calendar(add_days),
        said="explain.add_days",
    ),
    Function(
        name="add_months",
        usage="add_months(today, 3)",
        doc={"ja": "何か月か後の同じ日（なければ月末）", "en": "The same day so many months later (or the last of it)"},
        wanted=(DATE, NUMBER),
        result=always(DATE),
        calculate=in_calendar(add_months),
        said="explain.add_months",
    ),
    Function(
        name="business_days",
        usage="business_days(today, starts_on)",
        doc={
            "ja": "2つの日の間の開庁日数（初日は数えない）",
            "en": "Business days from the first to the second, the first not counted",
        },
        wanted=(DATE, DATE),
        result=always(NUMBER),
        calculate=in_calendar(lambda start, end: Decimal(business_days_between(start, end))),
        said="explain.business_days",
    ),
)
