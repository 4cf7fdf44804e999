"""Days as patterns: every day of four centuries, and none that is not."""

import re
from datetime import date, timedelta

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.days import FIRST_YEAR, LAST_YEAR
from engine.fields.ordering import EVERY_DAY, Comparison, order_pattern
from engine.fields.types.days.date import written_day

days = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


def test_every_day_and_no_other() -> None:
    compiled = re.compile(EVERY_DAY)
    for year in range(FIRST_YEAR - 2, LAST_YEAR + 3):
        for month in range(14):
            for day in (0, 1, 9, 10, 19, 20, 28, 29, 30, 31, 32):
                text = f"{year:04}-{month:02}-{day:02}"
                assert bool(compiled.search(text)) is _is_day(text), text


def _is_day(text: str) -> bool:
    try:
        return FIRST_YEAR <= written_day(text).year <= LAST_YEAR
    except ValueError:
        return False


@pytest.mark.parametrize(
    "text", ["2026-4-1", "2026-04-01T00:00", " 2026-04-01", "20260401", "2026-W01-1", "", "２０２６-04-01"]
)
def test_other_spellings_are_none(text: str) -> None:
    assert not re.search(EVERY_DAY, text)


@given(days, days | st.integers(-2, 2), st.sampled_from(["<", "<=", ">", ">="]))
def test_they_compare(bound: date, other: date | int, comparison: Comparison) -> None:
    day = bound + timedelta(days=other) if isinstance(other, int) else other
    expected = {"<": day < bound, "<=": day <= bound, ">": day > bound, ">=": day >= bound}[comparison]
    pattern = order_pattern(comparison, bound.isoformat())
    assert bool(re.search(pattern, day.isoformat())) is expected
    assert bool(re2.search(pattern, day.isoformat())) is expected
