"""Numbers that came as text: read where they are numbers within bounds, and never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.digits import whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("99", 99),
        ("100", 100),
        ("101", None),
        ("007", 7),
        ("0" * 5_000 + "5", 5),
        ("9" * 5_000, None),
    ],
)
def test_up_to_the_most(text: str, number: int | None) -> None:
    assert whole(text, 100) == number


@pytest.mark.parametrize("text", ["", " 1", "1 ", "-1", "+1", "1.0", "1_0", "１", "٣", "²", "x", "\0"])
def test_anything_else_is_no_number(text: str) -> None:
    assert whole(text, 100) is None


@given(st.integers(0, 10**20), st.integers(0, 10**20), st.integers(0, 3))
def test_what_is_written_is_read(number: int, most: int, zeros: int) -> None:
    assert whole("0" * zeros + str(number), most) == (number if number <= most else None)
