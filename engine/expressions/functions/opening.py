"""Functions of the days on which offices are open."""

from datetime import date, timedelta
from decimal import Decimal

from engine import calendar
from engine.expressions.functions.base import Function, always
from engine.expressions.functions.days import in_calendar, whole
from engine.expressions.types import BOOLEAN, DATE, NUMBER

MOST_BUSINESS_DAYS = 2_500
"""About ten years: every day is looked at."""


def add_business_days(day: date, count: Decimal) -> date:
    """The `count`-th business day after (if negative: before) `day`, which does not count itself (民法第140条).

    ValueError for parts of days and beyond `MOST_BUSINESS_DAYS`.
    """
    left = whole(count)
    if abs(left) > MOST_BUSINESS_DAYS:
        raise ValueError(count)
    if left >= 0:
        return calendar.add_business_days(day, left)
    while left:
        day -= timedelta(days=1)
        left += calendar.is_business_day(day)
    return day


def next_business_day(day: date) -> date:
    """The day itself, or the first after it on which offices are open (民法第142条)."""
    while not calendar.is_business_day(day):
        day += timedelta(days=1)
    return day


FUNCTIONS = (
    Function(
        name="add_business_days",
        usage="add_business_days(today, 5)",
        doc={
            "ja": "何開庁日か後（負の数なら前）の日（初日は数えない）",
            "en": "So many business days later (earlier, if negative), the first not counted",
        },
        wanted=(DATE, NUMBER),
        result=always(DATE),
        calculate=in_calendar(add_business_days),
        said="explain.add_business_days",
    ),
    Function(
        name="next_business_day",
        usage="next_business_day(add_days(today, 7))",
        doc={
            "ja": "その日（閉庁日なら次の開庁日）",
            "en": "The day, or the next business day where the offices are closed",
        },
        wanted=(DATE,),
        result=always(DATE),
        calculate=in_calendar(next_business_day),
        said="explain.next_business_day",
    ),
    Function(
        name="is_business_day",
        usage="is_business_day(visit_on)",
        doc={"ja": "開庁日か", "en": "Whether the offices are open that day"},
        wanted=(DATE,),
        result=always(BOOLEAN),
        calculate=calendar.is_business_day,
        said="explain.is_business_day",
    ),
    Function(
        name="day_of_week",
        usage="day_of_week(visit_on) in [6, 7]",
        doc={"ja": "曜日（月曜が1、日曜が7）", "en": "The day of the week: Monday is 1, Sunday 7"},
        wanted=(DATE,),
        result=always(NUMBER),
        calculate=lambda day: Decimal(day.isoweekday()),
        said="explain.day_of_week",
    ),
)
