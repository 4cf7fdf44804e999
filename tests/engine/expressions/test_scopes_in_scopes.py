"""A scope inside another sees what is around it, and reads answers only when somebody asks."""

from datetime import date
from typing import Any

from engine.expressions import BOOLEAN, NUMBER, UNKNOWN, Scope, parse

TODAY = date(2026, 5, 1)


def test_names_inside_hide_those_outside_even_unanswered() -> None:
    outer = Scope({"a": 1, "b": 2}, TODAY)
    inner = outer.within({"a"})
    assert inner.look_up("a") is UNKNOWN
    assert inner.look_up("b") == 2
    inner.learn("a", 3)
    assert (inner.look_up("a"), outer.look_up("a")) == (3, 1)
    deeper = inner.within({"c"})
    assert (deeper.look_up("a"), deeper.look_up("b"), deeper.look_up("c")) == (3, 2, UNKNOWN)


def test_a_bound_name_wins_and_leaves_the_others() -> None:
    outer = Scope({"a": 1, "b": 2}, TODAY)
    bound = outer.bind("a", 9)
    assert (bound.look_up("a"), bound.look_up("b"), outer.look_up("a")) == (9, 2, 1)
    assert bound.look_up("today") == TODAY


def test_an_answer_is_read_once_and_only_when_asked_for() -> None:
    read: list[Any] = []

    def reading(name: str) -> int:
        read.append(name)
        return len(read)

    scope = Scope({}, TODAY)
    scope.learn_unread("a", reading, "a")
    scope.learn_unread("b", reading, "b")
    assert read == []
    inner = scope.within({"c"})
    assert inner.look_up("b") == 1
    assert scope.look_up("b") == 1
    assert read == ["b"]
    scope.learn_unread("b", reading, "again")
    assert scope.look_up("b") == 2
    scope.learn("b", 7)
    assert scope.look_up("b") == 7
    assert read == ["b", "again"]


def test_a_named_condition_sees_the_outside_and_forgets_when_more_is_learnt() -> None:
    named = {"big": parse("n > 1", {"n": NUMBER})}
    scope = Scope({}, TODAY, named)
    asks = parse("big and yes", {"big": BOOLEAN, "yes": BOOLEAN})
    inner = scope.within({"n", "yes"})
    inner.learn("yes", value=True)
    inner.learn("n", 0)
    assert asks.evaluate(inner) is UNKNOWN
    scope.learn("n", 2)
    assert asks.evaluate(inner) is True
    scope.learn("n", 1)
    assert asks.evaluate(inner) is False
