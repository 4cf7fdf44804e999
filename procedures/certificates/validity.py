"""Until when a certificate is good."""

from datetime import date, timedelta


def last_day(start: date, years: int) -> date:
    """The last day of a period of years that begins on `start` (民法第143条): the day before the same date."""
    try:
        return start.replace(year=start.year + years) - timedelta(days=1)
    except ValueError:
        return date(start.year + years, 2, 28)
