"""Functions of periods, opening days and texts, beside what the calendar says."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import business_days_between, is_business_day
from engine.expressions import FUNCTIONS, UNKNOWN, Scope, Type, parse
from engine.expressions.functions.days import add_months
from engine.expressions.types import BOOLEAN, DATE, NUMBER, TEXT
from tests.engine.expressions.samples import ANSWERS, NAMES, TODAY, value
from tests.engine.language.specs import codes, compiled

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def of(source: str, **values: Any) -> Any:
    kinds = {date: DATE, Decimal: NUMBER, str: TEXT, bool: BOOLEAN}
    names: dict[str, Type] = {name: kinds[type(one)] for name, one in values.items()}
    return parse(source, names).evaluate(Scope(values, TODAY))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("months_between('2026-04-01', '2026-04-30')", 0),
        ("months_between('2026-04-01', '2026-05-01')", 1),
        ("months_between('2026-01-31', '2026-02-28')", 1),  # the month has no 31st: its last day (民法143条)
        ("months_between('2026-01-31', '2026-02-27')", 0),
        ("months_between('2026-05-01', '2026-04-01')", -1),
        ("months_between('2024-02-29', '2025-02-28')", 12),
        ("months_started('2026-04-01', '2026-04-01')", 1),
        ("months_started('2026-04-01', '2026-04-30')", 1),
        ("months_started('2026-04-01', '2026-05-01')", 2),
        ("months_started('2026-04-15', '2026-05-14')", 1),
        ("months_started('2026-04-15', '2026-05-15')", 2),
        ("months_started('2026-04-02', '2026-04-01')", 0),
        ("calendar_months('2026-04-30', '2026-05-01')", 2),
        ("calendar_months('2026-04-01', '2026-04-30')", 1),
        ("calendar_months('2026-12-31', '2027-01-01')", 2),
        ("calendar_months('2026-05-01', '2026-04-30')", 0),
        ("years_between('2020-03-01', '2026-02-28')", 5),
        ("years_between('2020-03-01', '2026-03-01')", 6),
        ("years_between('2026-03-01', '2020-03-02')", -5),
        ("fiscal_year('2026-03-31')", 2025),
        ("fiscal_year('2026-04-01')", 2026),
        ("year('2026-04-01')", 2026),
        ("month('2026-12-01')", 12),
        ("day('2026-12-31')", 31),
        ("day_of_week('2026-05-01')", 5),
        ("day_of_week('2026-05-03')", 7),
        ("is_business_day('2026-05-01')", True),
        ("is_business_day('2026-05-03')", False),
        ("is_business_day('2026-12-31')", False),
        ("add_business_days('2026-05-01', 1)", date(2026, 5, 7)),
        ("add_business_days('2026-05-07', -1)", date(2026, 5, 1)),
        ("add_business_days('2026-05-01', 0)", date(2026, 5, 1)),
        ("add_business_days('2026-05-01', 0.5)", UNKNOWN),
        ("add_business_days('2026-05-01', 99999)", UNKNOWN),
        ("add_business_days('0001-01-02', -9)", UNKNOWN),
        ("next_business_day('2026-05-03')", date(2026, 5, 7)),
        ("next_business_day('2026-05-07')", date(2026, 5, 7)),
        ("next_business_day('9999-12-31')", UNKNOWN),
        ("abs(3 - 5)", 2),
        ("abs(-0.5)", Decimal("0.5")),
        ("starts_with(name, '葛')", True),
        ("starts_with(name, '城')", False),
        ("ends_with(name, '城')", True),
        ("contains(name, '城')", True),
        ("contains(name, '')", True),
        ("contains(name, 'x')", False),
        ("alike('Ｉndia', 'INDIA')", True),
        ("alike('Côte d’Ivoire', ' côte d’ivoire ')", True),
        ("alike('ﾄｳｷｮｳ', 'トウキョウ')", True),
        ("alike('India', 'Indiana')", False),
        ("alike(name, '髙')", False),
        ("total(3, asked_area, 4)", 7),
        ("total(asked_area, asked_area)", 0),
        ("total([1, asked_area])", 1),
        ("total(asked_area)", 0),
        ("total(area)", Decimal("12.5")),
        ("max(area)", Decimal("12.5")),
        ("total(asked_area for d in dogs)", 0),
        ("total(area for d in dogs if d.tagged)", Decimal("12.5")),
        ("digits('０３-5321ー１１１１')", "0353211111"),
        ("digits('なし')", ""),
        ("distinct([1, 2, 1])", [1, 2]),
        ("len(distinct(d.sex for d in dogs))", 2),
        ("len(distinct(d.sex for d in dogs if d.tagged))", 1),
        ("distinct([area, asked_area])", UNKNOWN),
        ("'land' in kinds", True),
        ("'house' in kinds", False),
        ("born in ['2000-02-29', '2001-01-01']", True),
        ("born not in ('2001-01-01',)", True),
        ("born in [today, born]", True),
    ],
)
def test_what_comes_out(source: str, expected: Any) -> None:
    names = {**NAMES, "asked_area": NUMBER}
    found = parse(source, names).evaluate(Scope(dict(ANSWERS), TODAY))
    if expected is UNKNOWN and isinstance(found, list):
        assert UNKNOWN in found
    else:
        assert found == expected
        assert type(found) is type(expected) or isinstance(found, Decimal)


@given(days, days)
def test_months_have_passed_when_the_day_that_corresponds_is_reached(start: date, end: date) -> None:
    months = int(of("months_between(a, b)", a=start, b=end))
    early, late = sorted([start, end])
    passed = abs(months)
    assert add_months(early, Decimal(passed)) <= late < add_months(early, Decimal(passed + 1))
    assert months <= 0 if end < start else months >= 0


@given(days, st.integers(0, 500))
def test_a_month_begun_counts(start: date, length: int) -> None:
    """By hand: how many monthly anniversaries lie in the period, its first day among them."""
    end = start + timedelta(days=length)
    begun = sum(1 for month in range(30) if add_months(start, Decimal(month)) <= end)
    assert of("months_started(a, b)", a=start, b=end) == begun


@given(days, days)
def test_months_of_the_calendar(start: date, end: date) -> None:
    if end - start < timedelta(days=4000):
        touched = {
            ((start + timedelta(days=n)).year, (start + timedelta(days=n)).month) for n in range((end - start).days + 1)
        }
        assert of("calendar_months(a, b)", a=start, b=end) == len(touched)


@given(days)
def test_the_fiscal_year_begins_in_april(day: date) -> None:
    year = int(of("fiscal_year(a)", a=day))
    assert date(year, 4, 1) <= day <= date(year + 1, 3, 31)


@given(days, st.integers(-30, 30))
def test_business_days_are_added_as_they_are_counted(day: date, count: int) -> None:
    found = of("add_business_days(a, n)", a=day, n=Decimal(count))
    if count >= 0:
        assert business_days_between(day, found) == count
    else:
        assert sum(is_business_day(found + timedelta(days=n)) for n in range((day - found).days)) == -count
    assert count == 0 or is_business_day(found)


@given(days)
def test_the_next_business_day_is_the_first(day: date) -> None:
    found = of("next_business_day(a)", a=day)
    assert is_business_day(found)
    assert not any(is_business_day(day + timedelta(days=n)) for n in range((found - day).days))


@given(st.text(), st.text(max_size=3))
def test_texts_as_python_has_them(text: str, part: str) -> None:
    assert of("starts_with(a, b)", a=text, b=part) is text.startswith(part)
    assert of("ends_with(a, b)", a=text, b=part) is text.endswith(part)
    assert of("contains(a, b)", a=text, b=part) is (part in text)
    assert all(character in "0123456789" for character in of("digits(a)", a=text))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_told_and_described(name: str) -> None:
    function = FUNCTIONS[name]
    assert function.doc["ja"]
    assert function.doc["en"]
    samples = {
        "number": "area",
        "date": "born",
        "text": "name",
        "boolean": "yes",
        "list": "kinds",
        "anything": "[area]",
    }
    inner = {"number": "[area]", "boolean": "[yes]", "anything": "[area]"}
    arguments = [inner[one.element.kind] if one.kind == "list" else samples[one.kind] for one in function.wanted]
    expression = parse(f"{name}({', '.join(arguments)})", NAMES)
    for language in ("ja", "en"):
        assert expression.explain(language)
    assert value(f"{name}({', '.join(arguments)})") is not None


def test_a_field_may_be_called_like_a_function_that_came_later() -> None:
    fields = (
        "month: {type: integer, title: 月}",
        "note: {type: text, title: 注, when: month > 3 and month(today) > month}",
    )
    assert codes(compiled(*fields)) == []
    assert codes(compiled("len: {type: integer, title: 長さ}")) == ["reserved-name"]


RECORDS = """\
who: {type: person_name, title: 氏名}
where: {type: address, title: 住所}
""".splitlines()


def test_the_parts_of_names_and_addresses() -> None:
    use = "it: {type: text, title: 問, when: \"where.prefecture == '東京都' and starts_with(who.family_kana, 'ア')\"}"
    assert codes(compiled(*RECORDS, use)) == []
    assert codes(compiled(*RECORDS, "it: {type: text, title: 問, when: where.country == 'x'}")) == ["bad-expression"]
