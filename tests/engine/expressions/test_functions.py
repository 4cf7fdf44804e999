"""The functions of the spec language, against the law and against counting by hand."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import is_business_day
from engine.expressions import FUNCTIONS, NUMBER, TEXT, Scope, parse, record
from engine.expressions.functions.days import add_months, age_on
from engine.words import say
from tests.engine.expressions.samples import NAMES, value

days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2019, 4, 2), date(2026, 3, 31), 6),
        (date(2019, 4, 1), date(2026, 3, 31), 7),  # 早生まれ: an age is reached at the end of the day before
        (date(2019, 4, 1), date(2026, 3, 30), 6),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2004, 2, 29), date(2024, 2, 27), 19),
        (date(2004, 2, 29), date(2024, 2, 28), 20),
        (date(2000, 1, 1), date(2019, 12, 31), 20),
        (date(2000, 3, 1), date(2024, 2, 28), 23),
        (date(2000, 3, 1), date(2024, 2, 29), 24),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
    ],
)
def test_an_age_is_reached_on_the_day_before_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(days, days)
def test_an_age_grows_by_one_a_year(born: date, day: date) -> None:
    year_later = add_months(day, Decimal(12))
    grown = age_on(born, year_later) - age_on(born, day)
    assert grown == 1 or (day.month, day.day) in {(2, 29), (2, 28)}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -13, date(2025, 2, 28)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, expected: date) -> None:
    assert add_months(day, Decimal(months)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("round_down(12.9)", "12"),
        ("round_up(12.1)", "13"),
        ("round_up(2 / 3 * 3)", "2"),  # what the division left over is no part of the amount
        ("round_down(1 / 3 * 300)", "100"),
        ("per(2 / 3 * 300, 100)", "2"),
        ("round_half_up(12.5)", "13"),
        ("round_half_up(12.4)", "12"),
        ("round_down(1234, 100)", "1200"),
        ("round_up(1201, 100)", "1300"),
        ("round_half_up(1250, 100)", "1300"),
        ("round_down(0.35, 0.1)", "0.3"),
        ("round_down(0.3, 0.1)", "0.3"),
        ("per(1, 100)", "1"),
        ("per(100, 100)", "1"),
        ("per(101, 100)", "2"),
        ("per(0, 100)", "0"),
        ("per(0.5, 0.25)", "2"),
        ("days_between('2026-05-01', '2026-05-31')", "30"),
        ("days_between('2026-05-02', '2026-05-01')", "-1"),
        ("business_days('2026-05-01', '2026-05-11')", "3"),  # Golden Week
        ("business_days('2025-12-25', '2026-01-05')", "2"),  # a Friday and, after New Year, a Monday
    ],
)
def test_numbers(source: str, expected: str) -> None:
    assert value(source) == Decimal(expected)


@given(st.decimals(-(10**6), 10**6, places=3), st.sampled_from(["0.1", "0.5", "1", "10", "100", "1000"]))
def test_rounding_lands_on_the_nearest_multiples(amount: Decimal, unit: str) -> None:
    scope = Scope({"area": amount}, date(2026, 5, 1))
    down, up, half = (
        parse(f"{name}(area, {unit})", {"area": NUMBER}).evaluate(scope)
        for name in ("round_down", "round_up", "round_half_up")
    )
    step = Decimal(unit)
    assert down % step == up % step == half % step == 0
    assert down <= amount <= up
    assert up - down in {0, step}
    assert half == (up if up - amount <= amount - down else down)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(-400, 400))
def test_business_days_are_counted_one_by_one(start: date, distance: int) -> None:
    end = start + timedelta(days=distance)
    low, high = min(start, end), max(start, end)
    counted = sum(is_business_day(low + timedelta(days=n)) for n in range(1, (high - low).days + 1))
    found = value(f"business_days('{start}', '{end}')")
    assert found == (counted if distance >= 0 else -counted)


@given(days, st.integers(-3000, 3000))
def test_added_days_lie_between(start: date, distance: int) -> None:
    assert value(f"days_between('{start}', add_days('{start}', {distance}))") == distance


def test_every_function_shows_a_usage_that_compiles_and_a_meaning() -> None:
    names: dict[str, Any] = {**NAMES, "amount": NUMBER, "sheets": NUMBER, "from_day": NAMES["born"]}
    names |= dict.fromkeys(("to_day", "starts_on", "licensed_on", "visit_on"), NAMES["born"])
    names |= {"planned": NUMBER, "used": NUMBER, "address": record({"city": TEXT})}
    names |= dict.fromkeys(("postcode", "company", "phone"), TEXT)
    for function in FUNCTIONS.values():
        usage = function.usage.replace("vaccinated", "tagged").replace(
            "r.copies for r in requests", "d.age for d in dogs"
        )
        assert parse(usage, names).names <= names.keys()
        assert set(function.doc) == {"ja", "en"}
        assert say(function.said, "ja", a="A", b="B") != say(function.said, "en", a="A", b="B")
