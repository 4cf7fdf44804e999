"""Business days of Tokyo, counted by hand over the hard weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import add_business_days, business_days_between, is_business_day


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 5, 2), "Saturday"),
        (date(2026, 5, 6), "substitute for Sunday 3 May"),
        (date(2026, 9, 22), "a day between two holidays"),
        (date(2026, 12, 29), "end of the year"),
        (date(2026, 12, 31), "end of the year"),
        (date(2027, 1, 1), "New Year"),
        (date(2025, 1, 3), "New Year"),
        (date(2019, 10, 22), "enthronement"),
        (date(2021, 7, 23), "sports day moved for the Games"),
        (date(1940, 12, 30), "before the holiday law, the end of the year"),
    ],
)
def test_offices_are_closed(day: date, name: str) -> None:
    assert not is_business_day(day), name


@pytest.mark.parametrize("day", ["2026-05-01", "2026-05-07", "2026-12-28", "2027-01-04", "1940-05-03"])
def test_offices_are_open(day: str) -> None:
    assert is_business_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 5, 1), 0, date(2026, 5, 1)),
        (date(2026, 5, 1), 1, date(2026, 5, 7)),
        (date(2026, 4, 28), 5, date(2026, 5, 11)),
        (date(2026, 12, 28), 1, date(2027, 1, 4)),
        (date(2026, 12, 31), 5, date(2027, 1, 8)),
        (date(2026, 9, 18), 1, date(2026, 9, 24)),
    ],
)
def test_added_days(start: date, count: int, end: date) -> None:
    assert add_business_days(start, count) == end
    assert business_days_between(start, end) == count


def test_no_negative_count() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_business_days(date(2026, 5, 1), -1)


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = add_business_days(start, count)
    assert business_days_between(start, end) == count
    assert count == 0 or is_business_day(end)
    assert business_days_between(end, start) == -count


@given(st.dates(date(1930, 1, 1), date(2050, 1, 1)), st.integers(0, 800))
def test_counting_one_by_one(start: date, length: int) -> None:
    counted = sum(is_business_day(start + timedelta(days=n)) for n in range(1, length + 1))
    assert business_days_between(start, start + timedelta(days=length)) == counted
