"""Limits of numbers: never narrower than what answers can give, and whole only where it always is."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.checks.reasoning.ranges import Range, Ranges
from engine.expressions import NUMBER, Scope, list_of, parse, record
from engine.model import Field
from tests.engine.language.specs import procedure

OF = procedure(
    "a: {type: integer, title: 甲, minimum: -5, maximum: 7}",
    "b: {type: number, title: 乙, minimum: 0}",
    "c: {type: choice, title: 丙, options: [1, 20]}",
    "houses: {type: array, title: 丁, minItems: 1, maxItems: 3, "
    "items: {type: object, properties: {rooms: {type: integer, title: 室, minimum: 0}}}}",
    more="calculated:\n  twice: a * 2\n"
    "  level:\n    table:\n      on: [c]\n      rows: [{c: 1, give: 5}, {c: 20, give: 9}]\n",
)
TYPES = {
    "a": NUMBER,
    "b": NUMBER,
    "c": NUMBER,
    "twice": NUMBER,
    "level": NUMBER,
    "houses": list_of(record({"rooms": NUMBER})),
}
NAMED = {name: one.value for name, one in OF.calculated.items()}
RANGES = Ranges(OF.fields, NAMED)


def of(source: str) -> Range:
    return RANGES.of(parse(source, TYPES))


@pytest.mark.parametrize(
    ("source", "low", "high", "whole"),
    [
        ("3", 3, 3, True),
        ("2.5", "2.5", "2.5", False),
        ("a", -5, 7, True),
        ("-a", -7, 5, True),
        ("b", 0, None, False),
        ("c", 1, 20, True),
        ("a + c", -4, 27, True),
        ("a - c", -25, 6, True),
        ("a * c", -100, 140, True),
        ("a * b", None, None, False),
        ("b * c", 0, None, False),
        ("b / c", 0, None, False),
        ("c // 3", 0, None, True),
        ("a % 3", 0, 3, True),
        ("a % -3", -3, 0, True),
        ("a if b > 1 else c", -5, 20, True),
        ("max(0, a)", 0, 7, True),
        ("min(a, b)", -5, 7, False),
        ("round_down(b)", 0, None, True),
        ("round_up(b, 10)", 0, None, True),
        ("round_up(b, 0.5)", 0, None, False),
        ("per(a, 3)", None, None, True),
        ("len(houses)", 1, 3, True),
        ("sum(h.rooms for h in houses)", 0, None, True),
        ("sum(h.rooms - 5 for h in houses)", None, None, True),
        ("total(a, c)", -5, 27, True),
        ("total(b, c)", 0, None, False),
        ("total(c, 5)", 0, 25, True),
        ("total(h.rooms for h in houses)", 0, None, True),
        ("count(h.rooms > 1 for h in houses)", 0, None, True),
        ("months_started(today, add_days(today, 40))", 0, None, True),
        ("months_between(today, '2030-01-01')", None, None, True),
        ("twice", -10, 14, True),
        ("level", 5, 9, True),
        ("twice + level", -5, 23, True),
    ],
)
def test_how_far_it_reaches(source: str, low: Any, high: Any, whole: bool) -> None:
    found = of(source)
    wanted = [None if limit is None else Decimal(limit) for limit in (low, high)]
    assert [found.low, found.high, found.whole] == [*wanted, whole]


OPERATORS = ("+", "-", "*", "/", "//", "%")
NUMBERS = st.recursive(
    st.sampled_from(["a", "b", "c", "2", "0.5", "-3", "twice", "level"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda part: f"({' '.join(part)})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda part: f"{part[0]}({part[1]}, {part[2]})"),
        st.tuples(inner, inner).map(lambda part: f"total({part[0]}, {part[1]})"),
        inner.map(lambda part: f"round_down({part})"),
        inner.map(lambda part: f"per({part}, 4)"),
    ),
    max_leaves=6,
)


@given(NUMBERS, st.integers(-5, 7), st.decimals(0, 50, places=1), st.sampled_from([1, 20]))
def test_no_value_lies_outside(source: str, a: int, b: Decimal, c: int) -> None:
    expression = parse(source, TYPES)
    value = expression.evaluate(Scope({"a": Decimal(a), "b": b, "c": Decimal(c)}, date(2026, 5, 1), NAMED))
    found = RANGES.of(expression)
    if isinstance(value, Decimal):
        assert found.low is None or value >= found.low
        assert found.high is None or value <= found.high
        assert not found.whole or value == value.to_integral_value()


def test_of_what_is_no_answer_nothing_is_known() -> None:
    fields: dict[str, Field] = {}
    assert Ranges(fields, {}).of(parse("a", TYPES)) == Range()
