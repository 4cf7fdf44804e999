"""Named values are worked out once for the answers there are, and anew when another is learnt."""

from datetime import date
from decimal import Decimal

from engine.expressions import NUMBER, UNKNOWN, Scope, parse

TODAY = date(2026, 5, 1)


def test_a_long_chain_of_values_that_each_use_the_one_before_twice_is_no_trouble() -> None:
    names = {"x": NUMBER, **{f"v{n}": NUMBER for n in range(60)}}
    named = {f"v{n}": parse(f"v{n - 1} + v{n - 1}" if n else "x", names) for n in range(60)}
    assert Scope({"x": Decimal(1)}, TODAY, named).look_up("v59") == Decimal(2) ** 59


def test_what_is_learnt_changes_the_values_that_rest_on_it() -> None:
    scope = Scope({}, TODAY, {"twice": parse("x * 2", {"x": NUMBER})})
    assert scope.look_up("twice") is UNKNOWN
    scope.learn("x", Decimal(3))
    assert scope.look_up("twice") == 6
    scope.learn("x", Decimal(4))
    assert scope.look_up("twice") == 8


def test_inside_a_list_named_values_see_the_answers_outside() -> None:
    outside = Scope({"x": Decimal(3)}, TODAY, {"twice": parse("x * 2", {"x": NUMBER})})
    inside = outside.within({"x"}).bind("y", Decimal(1))
    inside.learn("x", Decimal(100))
    assert inside.look_up("twice") == 6
    assert inside.look_up("x") == 100
