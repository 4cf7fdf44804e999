"""Days in Japan, where the shops and banks are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")


def end_of_day_in(now: int, days: int) -> int:
    """23:59:59 in Japan, so many days after the second `now`."""
    last = datetime.fromtimestamp(now, UTC).astimezone(TOKYO) + timedelta(days=days)
    return int(last.replace(hour=23, minute=59, second=59, microsecond=0).timestamp())


def local_time(second: int) -> str:
    """A moment as people in Japan read it."""
    return datetime.fromtimestamp(second, UTC).astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")
