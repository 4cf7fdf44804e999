"""What expressions are worth, known and unknown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.expressions import BOOLEAN, NUMBER, UNKNOWN, Scope, parse
from tests.engine.expressions.samples import NAMES, TODAY, value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("who == 'agent'", True),
        ("who != 'agent'", False),
        ("'agent' == who", True),
        ("who in ['agent', 'holder']", True),
        ("who not in ('holder',)", True),
        ("grade in {1, 2}", True),
        ("grade == 2", True),
        ("'land' in kinds", True),
        ("'house' in kinds", False),
        ("'城' in name", True),
        ("len(name)", Decimal(3)),  # the variation selector is a character of its own
        ("area > 12 and area <= 12.5", True),
        ("12 < area < 13", True),
        ("12 < area < 12.5", False),
        ("yes is True", True),
        ("no is not True", True),
        ("not no", True),
        ("yes and no", False),
        ("no or yes", True),
        ("area + 1", Decimal("13.5")),
        ("area - 1_000", Decimal("-987.5")),
        ("-area * 2", Decimal(-25)),
        ("area / 4", Decimal("3.125")),
        ("7 // 2", Decimal(3)),
        ("-7 // 2", Decimal(-4)),
        ("-7 % 3", Decimal(2)),
        ("7 % -3", Decimal(-2)),
        ("0.1 + 0.2 == 0.3", True),
        ("10 if yes else 20", Decimal(10)),
        ("10 if no else 20", Decimal(20)),
        ("born < '2000-03-01'", True),
        ("'2000-03-01' > born", True),
        ("today", TODAY),
        ("2026-05-01", TODAY),
        (" 2026-05-01 ", TODAY),
        ("'2026-05-01'", TODAY),
        ("len(dogs)", Decimal(2)),
        ("any(d.tagged for d in dogs)", True),
        ("all(d.tagged for d in dogs)", False),
        ("count(not d.tagged for d in dogs)", Decimal(1)),
        ("sum(d.age for d in dogs)", Decimal(4)),
        ("sum(d.age for d in dogs if d.tagged)", Decimal(3)),
        ("max(d.age for d in dogs)", Decimal(3)),
        ("min(d.born for d in dogs)", date(2023, 5, 1)),
        ("len([d.name for d in dogs if d.sex == 'female'])", Decimal(1)),
        ("sum(count(d.age > e.age for e in dogs) for d in dogs)", Decimal(1)),
        ("max(0, area - 100)", Decimal(0)),
        ("min(born, '1999-12-31')", date(1999, 12, 31)),
        ("min('1999-12-31', born)", date(1999, 12, 31)),
        ("answered(area)", True),
        ("answered(asked)", False),
        ("all(answered(c.tagged) for c in cats)", False),
    ],
)
def test_an_expression_has_its_value(source: str, expected: Any) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "asked",
        "not asked",
        "asked and yes",
        "asked or no",
        "area + (1 if asked else 2)",
        "sum(c.age for c in cats)",
        "max(c.age for c in cats)",
        "-sum(c.age for c in cats)",
        "all(c.tagged for c in cats)",
        "any(not c.tagged for c in cats)",
        "len(c.name for c in cats if c.tagged)",
        "sum(1 for c in cats if c.tagged)",
        "len(c.name for c in cats if c.age > 3)",
        "area / 0",
        "area // 0",
        "area % 0",
        "max(d.age for d in dogs if d.age > 10)",
        "sum(c.age for c in cats) > 3",
        "3 < sum(c.age for c in cats)",
        "who in ['agent', 'holder'] and asked",
        "add_days(today, 10000000)",
        "add_days(today, 0.5)",
        "add_months(today, 120000)",
        "per(area, 0)",
        "round_down(area, -10)",
    ],
)
def test_what_rests_on_something_unknown_is_unknown(source: str) -> None:
    assert value(source) is UNKNOWN


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("asked and no", False),
        ("no and asked", False),
        ("asked or yes", True),
        ("yes or asked", True),
        ("any(c.tagged for c in cats)", True),
        ("all(d.tagged and asked for d in dogs)", False),
        ("count(c.tagged for c in cats)", Decimal(1)),
        ("count(c.name == 'タマ' for c in cats if c.tagged)", Decimal(1)),
    ],
)
def test_what_is_known_whatever_the_unknown_may_be_is_known(source: str, expected: Any) -> None:
    assert value(source) == expected


@pytest.mark.parametrize("source", ["any(d.tagged for d in dogs)", "len(dogs)", "count(d.tagged for d in dogs)"])
def test_a_list_that_nobody_answered_is_unknown(source: str) -> None:
    assert value(source, {}) is UNKNOWN


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("any(d.tagged for d in dogs)", False),
        ("all(d.tagged for d in dogs)", True),
        ("sum(d.age for d in dogs)", Decimal(0)),
        ("len(dogs)", Decimal(0)),
        ("max(d.age for d in dogs)", UNKNOWN),
    ],
)
def test_an_empty_list_is_known(source: str, expected: Any) -> None:
    assert value(source, {"dogs": []}) == expected


def test_conditions_are_named_expressions_that_see_the_answers_outside_of_lists() -> None:
    conditions = {"many": parse("len(dogs) > 1", NAMES), "few": parse("not many", {**NAMES, "many": BOOLEAN})}
    names = {**NAMES, "many": BOOLEAN, "few": BOOLEAN}
    scope = Scope({"dogs": [{}, {}]}, TODAY, conditions)
    assert parse("few", names).evaluate(scope) is False
    assert parse("all(many for d in dogs)", names).evaluate(scope) is True
    inner = scope.within({"dogs"})
    assert parse("dogs == dogs", names).evaluate(inner) is UNKNOWN
    assert parse("many", names).evaluate(inner) is True


def test_a_loop_may_use_the_name_of_a_field() -> None:
    assert value("count(name.tagged for name in dogs)") == 1


def test_unknown_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="is True"):
        bool(UNKNOWN)


def test_an_expression_knows_what_it_uses_and_is_the_same_when_it_says_the_same() -> None:
    one = parse("any(d.age > area for d in dogs) and today > born", NAMES)
    assert one.names == {"dogs", "area", "born"}
    assert one.type == BOOLEAN
    assert one == parse(one.source, NAMES)
    assert len({one, parse(one.source, NAMES), parse("area", NAMES)}) == 2
    assert one != one.source
    assert parse("area + 1", NAMES).type == NUMBER


def test_only_what_is_known_to_be_true_holds() -> None:
    scope = Scope({"yes": True, "no": False}, TODAY)
    assert [parse(source, NAMES).holds(scope) for source in ("yes", "no", "asked")] == [True, False, False]
