"""Days of Tokyo, where the law counts."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def tokyo_day(moment: datetime) -> date:
    """The day in Tokyo at this moment."""
    return moment.astimezone(TOKYO).date()


def fiscal_year(day: date) -> int:
    """The 会計年度 of a day: from 1 April to 31 March, named by the year it begins in."""
    return day.year if day.month >= 4 else day.year - 1  # noqa: PLR2004 - April
