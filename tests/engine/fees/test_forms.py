"""Every form of price against a plain loop or exact fractions: tiers, shares, rounding, limits."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.expressions import NUMBER, Scope, parse
from engine.fees import NoRate, UnknownFee, quote
from engine.fees.forms import Tier, Tiered
from engine.journey import walk
from engine.model import Rate, Rounding, Text
from engine.model.prices import ALWAYS, Look, NoPrice, in_force
from tests.engine.language.specs import procedure

DAY = date(2026, 5, 1)
COUNT = parse("n", {"n": NUMBER})


def look(n: int | Decimal, day: date = DAY) -> Look:
    return Look(Scope({"n": Decimal(n)}, day), day)


@st.composite
def tiers(draw: st.DrawFn) -> tuple[Tier, ...]:
    """Tiers that follow each other: maybe a first one, some with an end, one without."""
    found, top = [], 0
    if draw(st.booleans()):
        top = draw(st.integers(1, 5))
        found.append(Tier(top, None, (Rate(ALWAYS, draw(st.integers(0, 900))),)))
    for width in draw(st.lists(st.integers(1, 20), max_size=3)):
        top += width
        found.append(Tier(top, draw(st.integers(1, 7)), (Rate(ALWAYS, draw(st.integers(0, 900))),)))
    found.append(Tier(None, draw(st.integers(1, 7)), (Rate(ALWAYS, draw(st.integers(0, 900))),)))
    return tuple(found)


def by_hand(of: tuple[Tier, ...], count: int) -> int:
    """Unit by unit: each one pays where it is the first of a tier, or of a group within it."""
    total, below = 0, 0
    for tier in of:
        for unit in range(below, count if tier.up_to is None else min(count, tier.up_to)):
            begins = unit == below if tier.per is None else (unit - below) % tier.per == 0
            total += tier.rates[0].amount if begins else 0
        if tier.up_to is None or count <= tier.up_to:
            return total
        below = tier.up_to
    raise AssertionError("the last tier has no end")


@given(of=tiers(), count=st.integers(0, 120))
def test_tiers_cost_what_counting_by_hand_gives(of: tuple[Tier, ...], count: int) -> None:
    assert Tiered(COUNT, of, Text("枚")).of(look(count)).exact == by_hand(of, count)


@given(of=tiers(), count=st.integers(0, 119))
def test_more_never_costs_less(of: tuple[Tier, ...], count: int) -> None:
    price = Tiered(COUNT, of, Text("枚"))
    assert price.of(look(count)).exact <= price.of(look(count + 1)).exact


def test_beyond_the_last_tier_there_is_no_price() -> None:
    price = Tiered(COUNT, (Tier(3, 1, (Rate(ALWAYS, 10),)),), Text("枚"))
    assert price.of(look(3)).exact == 30
    with pytest.raises(NoPrice):
        price.of(look(4))


BY_NAME = {
    "down": floor,
    "up": ceil,
    "half_up": lambda units: floor(units + Fraction(1, 2)),
}


@given(
    how=st.sampled_from(sorted(BY_NAME)),
    to=st.sampled_from([1, 10, 50, 100, 1000]),
    over=st.integers(0, 10**9),
    under=st.integers(1, 400),
    times=st.integers(1, 10**6),
)
def test_rounding_is_that_of_the_exact_fraction(how: str, to: int, over: int, under: int, times: int) -> None:
    """Also after a division that no decimal can hold: 300 × 1/3 rounded up is 100, not 101."""
    quotient = Decimal(over) / Decimal(under)
    exact = Fraction(over, under) * times
    with_digits = parse(f"{over} / {under} * {times}", {}).evaluate(Scope({}, DAY))
    assert isinstance(with_digits, Decimal)
    assert abs(with_digits - quotient * times) < Decimal("0.001") * times
    assert Rounding(how, to).apply(with_digits) == BY_NAME[how](exact / to) * to  # type: ignore[arg-type]


@given(
    value=st.integers(0, 10**9),
    rate=st.decimals("0.01", "300", places=2),
    how=st.sampled_from(sorted(BY_NAME)),
    to=st.sampled_from([1, 10, 100]),
)
def test_a_share_is_exact_before_it_is_rounded(value: int, rate: Decimal, how: str, to: int) -> None:
    found = procedure(
        "value: {type: integer, title: 価額, minimum: 0}",
        more="fees:\n  due: submission\n  lines:\n"
        "    a: {title: 料, law: 法, account: '1', "
        f"percent: {{of: value, rate: {rate}, round: {how}, to: {to}}}}}\n",
    )
    bill = quote(found, walk(found, {"value": value}, DAY), DAY)
    assert bill is not None
    assert bill.total == BY_NAME[how](Fraction(value) * Fraction(rate) / 100 / to) * to


FIELDS = ("n: {type: number, title: 数}",)


def price(line: str, n: str | int, day: date = DAY, more: str = "") -> int:
    found = procedure(
        *FIELDS, more=f"fees:\n  due: submission\n{more}  lines:\n    a: {{title: 料, law: 法, account: '1', {line}}}\n"
    )
    bill = quote(found, walk(found, {"n": float(n) if isinstance(n, str) else n}, day), day)
    assert bill is not None
    return bill.total


@pytest.mark.parametrize(
    ("line", "n", "yen"),
    [
        ("yen: 0", 1, 0),
        ("count: n, tiers: [{first: 1, yen: 300}, {then_each: 1, yen: 50}]", "1.2", 350),
        ("count: round_down(n), yen: 300", 3, 900),
        ("amount: n * 10, round: up", "1.51", 16),
        ("amount: n * 10, round: half_up, to: 10", "1.5", 20),
        ("amount: n * 10, round: down, to: 10", "1.99", 10),
        ("count: n, yen: 300, round: down", "1.5", 450),
        (
            "count: n / 3, table: {on: {big: n > 5}, rows: [{big: true, yen: 9}, {big: false, yen: 100}]}, round: up",
            2,
            67,
        ),
        ("count: n / 3, yen: 300, round: up", 1, 100),
        ("amount: n, round: down, minimum: 500", 3, 500),
        ("amount: n, round: down, maximum: 2", 3, 2),
        ("amount: n, round: down, maximum: [{from: 2020-01-01, amount: 2}, {from: 2026-06-01, amount: 9}]", 3, 2),
    ],
)
def test_lines_are_rounded_and_kept_within_their_limits(line: str, n: str | int, yen: int) -> None:
    assert price(line, n) == yen


@pytest.mark.parametrize(
    "line", ["amount: 0 - round_down(n)", "count: 0 - round_down(n), yen: 5", "amount: 1 / n, round: up"]
)
def test_what_is_below_0_or_has_no_result_is_a_stop(line: str) -> None:
    with pytest.raises(UnknownFee):
        price(line, 5 if "round_down" in line else 0)


def test_between_two_rates_and_after_the_last_there_is_no_price() -> None:
    series = (Rate(date(2020, 1, 1), 5, date(2020, 12, 31)), Rate(date(2022, 1, 1), 6))
    days = [date(2019, 12, 31), date(2020, 12, 31), date(2021, 1, 1), date(2022, 1, 1)]
    assert [rate.amount if (rate := in_force(series, day)) else None for day in days] == [None, 5, None, 6]


def test_a_bare_number_holds_from_the_day_of_its_line() -> None:
    assert price("from: 2026-04-01, yen: 7", 1) == 7
    with pytest.raises(NoRate):
        price("from: 2026-04-01, yen: 7", 1, date(2026, 3, 31))


@given(st.integers(0, 10_000), st.sampled_from(["down", "up", "half_up"]))
def test_the_whole_is_kept_within_its_limits_and_then_rounded(n: int, how: str) -> None:
    assume(n)
    found = price("amount: round_down(n)", n, more=f"  minimum: 305\n  maximum: 4444\n  round: {how}\n  to: 100\n")
    assert found == BY_NAME[how](Fraction(min(max(n, 305), 4444), 100)) * 100


def test_a_least_amount_is_not_asked_of_those_who_owe_nothing() -> None:
    assert price("amount: round_down(n)", 0, more="  minimum: 305\n") == 0
