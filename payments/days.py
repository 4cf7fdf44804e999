"""When a payable day ends, and where a day of Tokyo lies in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def start_of(day: date) -> datetime:
    """The first moment of a day of Tokyo, in UTC."""
    return datetime.combine(day, time.min, TOKYO).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment after a day of Tokyo, in UTC: until then it can be paid."""
    return start_of(day + timedelta(days=1))
