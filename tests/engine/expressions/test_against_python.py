"""On known values an expression is worth what Python makes of the same words."""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import BOOLEAN, NUMBER, UNKNOWN, Scope, list_of, parse, record

TODAY = date(2026, 5, 1)
NAMES = {
    "p": BOOLEAN,
    "q": BOOLEAN,
    "x": NUMBER,
    "y": NUMBER,
    "items": list_of(record({"flag": BOOLEAN, "size": NUMBER})),
}

numbers = st.integers(-50, 50)
leaves = st.sampled_from(["x", "y"]) | numbers.map(lambda n: str(n) if n >= 0 else f"({n})")


def _joined(signs: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(inner, st.sampled_from(signs), inner).map(lambda parts: "({} {} {})".format(*parts))


amounts = st.recursive(leaves, lambda inner: _joined(["+", "-", "*"], inner), max_leaves=6)
comparisons = _joined(["<", "<=", ">", ">=", "==", "!="], amounts)
chains = st.tuples(amounts, amounts, amounts).map(lambda parts: "({} < {} <= {})".format(*parts))
loops = st.sampled_from(
    [
        "any(i.flag for i in items)",
        "all(i.flag for i in items)",
        "any(i.size > x for i in items if i.flag)",
        "all(i.size > x for i in items if not i.flag)",
    ]
)
truths = st.recursive(
    st.sampled_from(["p", "q", "True", "False"]) | comparisons | chains | loops,
    lambda inner: _joined(["and", "or"], inner) | inner.map(lambda one: f"(not {one})"),
    max_leaves=6,
)
items = st.lists(st.fixed_dictionaries({"flag": st.booleans(), "size": numbers}), max_size=4)


class Item:
    """An item as Python reads it: `i.flag`."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


@given(truths, st.booleans(), st.booleans(), numbers, numbers, items)
def test_truths(source: str, p: bool, q: bool, x: int, y: int, things: list[dict[str, Any]]) -> None:
    expected = eval(source, {"p": p, "q": q, "x": x, "y": y, "items": [Item(one) for one in things]})  # noqa: S307
    exact = [{**one, "size": Decimal(one["size"])} for one in things]
    scope = Scope({"p": p, "q": q, "x": Decimal(x), "y": Decimal(y), "items": exact}, TODAY)
    assert parse(source, NAMES).evaluate(scope) is expected


@given(amounts, numbers, numbers)
def test_amounts(source: str, x: int, y: int) -> None:
    expected = eval(source, {"x": x, "y": y})  # noqa: S307
    assert parse(source, NAMES).evaluate(Scope({"x": Decimal(x), "y": Decimal(y)}, TODAY)) == expected


DIVISIONS: dict[str, Callable[[Any, Any], Any]] = {"/": operator.truediv, "//": operator.floordiv, "%": operator.mod}


@given(
    st.sampled_from(sorted(DIVISIONS)),
    st.decimals(-10_000, 10_000, places=2),
    st.decimals(-100, 100, places=2),
)
def test_divisions_have_the_signs_of_python(sign: str, x: Decimal, y: Decimal) -> None:
    found = parse(f"x {sign} y", NAMES).evaluate(Scope({"x": x, "y": y}, TODAY))
    if y == 0:
        assert found is UNKNOWN
    else:
        exact = DIVISIONS[sign](Fraction(x), Fraction(y))
        assert abs(Fraction(found) - exact) < Fraction(1, 10**40)


@given(items, st.sampled_from(["flag", "size > 0", "size > x"]), numbers)
def test_counts_and_sums(things: list[dict[str, Any]], test: str, x: int) -> None:
    scope = Scope({"x": Decimal(x), "items": [{**one, "size": Decimal(one["size"])} for one in things]}, TODAY)
    listed = [Item(one) for one in things]
    counted = f"count(i.{test} for i in items)"
    summed = f"sum(i.size for i in items if i.{test})"
    most = "max(i.size for i in items)"
    environment = {"x": x, "items": listed, "count": sum}
    assert parse(counted, NAMES).evaluate(scope) == eval(counted, environment)  # noqa: S307
    assert parse(summed, NAMES).evaluate(scope) == eval(summed, environment)  # noqa: S307
    largest = max((one["size"] for one in things), default=UNKNOWN)
    assert parse(most, NAMES).evaluate(scope) == largest


@given(st.decimals(allow_nan=False, allow_infinity=False), st.decimals(allow_nan=False, allow_infinity=False))
def test_no_number_makes_arithmetic_fail(x: Decimal, y: Decimal) -> None:
    for source in ("x + y", "x * y", "x / y", "x // y", "x % y", "round_down(x, y)", "per(x, y)", "add_days(today, x)"):
        found = parse(source, NAMES).evaluate(Scope({"x": x, "y": y}, TODAY))
        assert found is UNKNOWN or isinstance(found, Decimal | date)
