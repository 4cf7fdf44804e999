"""Functions of periods: months and years that have passed or begun, fiscal years."""

from datetime import date
from decimal import Decimal
from functools import partial

from engine.expressions.functions.base import Function, always
from engine.expressions.functions.days import MONTHS, add_months, in_calendar
from engine.expressions.types import DATE, NUMBER

APRIL = 4


def months_between(start: date, end: date) -> Decimal:
    """Whole months that have passed from `start` to `end`, as `add_months` counts them; negative if `end` is earlier.

    Law: 民法第143条第2項: a month is over with the day before the one that corresponds.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * MONTHS + end.month - start.month
    return Decimal(months if add_months(start, Decimal(months)) <= end else months - 1)


def months_started(start: date, end: date) -> Decimal:
    """Months begun from `start` through `end`, both days inside: 1–30 April is one, 1 April–1 May two; 0 before.

    As fees by the month are counted, where part of a month counts as one (1月未満の端数は1月とする).
    """
    return Decimal(0) if end < start else months_between(start, end) + 1


def calendar_months(start: date, end: date) -> Decimal:
    """Months of the calendar that `start` to `end` touches, both days inside; 0 where `end` is earlier."""
    months = (end.year - start.year) * MONTHS + end.month - start.month + 1
    return Decimal(months if start <= end else 0)


def years_between(start: date, end: date) -> Decimal:
    """Whole years that have passed, as months are counted; an age is another thing: see `age_on`."""
    return Decimal(int(months_between(start, end) / MONTHS))


def fiscal_year(day: date) -> Decimal:
    """会計年度: from 1 April to 31 March, named by the year it begins in (財政法第11条, 地方自治法第208条)."""
    return Decimal(day.year if day.month >= APRIL else day.year - 1)


_of_two_days = partial(Function, wanted=(DATE, DATE), result=always(NUMBER))
_of_a_day = partial(Function, wanted=(DATE,), result=always(NUMBER))

FUNCTIONS = (
    _of_two_days(
        name="months_between",
        usage="months_between(licensed_on, today)",
        doc={"ja": "過ぎた月数（端数は切り捨て）", "en": "Whole months that have passed"},
        calculate=in_calendar(months_between),
        said="explain.months_between",
    ),
    _of_two_days(
        name="months_started",
        usage="months_started(from_day, to_day)",
        doc={
            "ja": "始まった月数（両端の日を含み、1か月に満たない端数は1か月。月割りの計算に使う）",
            "en": "Months begun, both days inside: part of a month counts as one",
        },
        calculate=in_calendar(months_started),
        said="explain.months_started",
    ),
    _of_two_days(
        name="calendar_months",
        usage="calendar_months(from_day, to_day)",
        doc={"ja": "かかる暦の月の数（両端の月を含む）", "en": "Months of the calendar that are touched"},
        calculate=calendar_months,
        said="explain.calendar_months",
    ),
    _of_two_days(
        name="years_between",
        usage="years_between(licensed_on, today)",
        doc={
            "ja": "過ぎた年数（端数は切り捨て。満年齢は age_on）",
            "en": "Whole years that have passed (for an age: age_on)",
        },
        calculate=in_calendar(years_between),
        said="explain.years_between",
    ),
    _of_a_day(
        name="fiscal_year",
        usage="fiscal_year(today)",
        doc={"ja": "会計年度（4月から翌年3月まで）", "en": "The fiscal year, from April to March"},
        calculate=fiscal_year,
        said="explain.fiscal_year",
    ),
    _of_a_day(
        name="year",
        usage="year(born)",
        doc={"ja": "日付の年（西暦）", "en": "The year of a day"},
        calculate=lambda day: Decimal(day.year),
        said="explain.year",
    ),
    _of_a_day(
        name="month",
        usage="month(starts_on)",
        doc={"ja": "日付の月（1〜12）", "en": "The month of a day (1 to 12)"},
        calculate=lambda day: Decimal(day.month),
        said="explain.month",
    ),
    _of_a_day(
        name="day",
        usage="day(starts_on) <= 15",
        doc={"ja": "日付の日（1〜31）", "en": "The day of the month (1 to 31)"},
        calculate=lambda day: Decimal(day.day),
        said="explain.day",
    ),
)
