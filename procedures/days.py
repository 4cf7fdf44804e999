"""Days of Tokyo, where the law counts."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def tokyo_day(moment: datetime) -> date:
    """The day in Tokyo at this moment."""
    return moment.astimezone(TOKYO).date()


def day_begins(day: date, days: int = 0) -> datetime:
    """The moment at which a day begins in Tokyo, or the one so many days later."""
    return datetime.combine(day + timedelta(days=days), time(), TOKYO)


def fiscal_year(day: date) -> int:
    """The 会計年度 of a day: from 1 April to 31 March, named by the year it begins in."""
    return day.year if day.month >= 4 else day.year - 1  # noqa: PLR2004 - April
