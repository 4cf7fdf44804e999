"""A day is understood however it is typed, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pages.dates import EARLIEST, LATEST, read_day


@pytest.mark.parametrize(
    "typed",
    ["2026-05-01", "2026/5/1", "20260501", "２０２６－０５－０１", "2026年5月1日", " 2026.05.01 ", "2026ー5ー1"],
)
def test_a_day_is_read(typed: str) -> None:
    assert read_day(typed) == date(2026, 5, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "today",
        "2026-02-30",
        "2026-13-01",
        "0000-00-00",
        "1999-12-31",
        "3000-01-01",
        "2026-5",
        "1-2-3-4",
        "2026-٥-1",
        "9" * 50,
    ],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None


@given(st.dates(EARLIEST, LATEST))
def test_every_day_of_use_is_read_back(day: date) -> None:
    assert read_day(str(day)) == day


@given(st.text(max_size=30))
def test_no_text_breaks_it(typed: str) -> None:
    found = read_day(typed)
    assert found is None or EARLIEST <= found <= LATEST
