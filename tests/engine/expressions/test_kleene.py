"""The laws of three-valued logic, and what they promise: answering more never turns a known value."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import BOOLEAN, UNKNOWN, Scope, list_of, parse, record
from engine.expressions.compiling.logic import Truth, both, either, opposite

truths: st.SearchStrategy[Truth] = st.sampled_from([True, False, UNKNOWN])
NAMES = {"a": BOOLEAN, "b": BOOLEAN, "c": BOOLEAN, "items": list_of(record({"f": BOOLEAN, "g": BOOLEAN}))}
TODAY = date(2026, 5, 1)


@given(truths, truths, truths)
def test_and_and_or_are_commutative_associative_distributive(a: Truth, b: Truth, c: Truth) -> None:
    assert both([a, b]) is both([b, a])
    assert either([a, b]) is either([b, a])
    assert both([a, both([b, c])]) is both([both([a, b]), c]) is both([a, b, c])
    assert either([a, either([b, c])]) is either([either([a, b]), c]) is either([a, b, c])
    assert both([a, either([b, c])]) is either([both([a, b]), both([a, c])])


@given(truths, truths)
def test_de_morgan_double_negation_idempotence(a: Truth, b: Truth) -> None:
    assert opposite(both([a, b])) is either([opposite(a), opposite(b)])
    assert opposite(opposite(a)) is a
    assert both([a, a]) is a
    assert either([a, a]) is a
    assert both([a, True]) is a
    assert either([a, False]) is a
    assert both([a, False]) is False
    assert either([a, True]) is True


def test_the_excluded_middle_is_not_known_of_the_unknown() -> None:
    assert either([UNKNOWN, opposite(UNKNOWN)]) is UNKNOWN
    assert both([]) is True
    assert either([]) is False


names = st.sampled_from(["a", "b", "c"])
sources = st.recursive(
    names
    | st.sampled_from(["any(i.f for i in items)", "all(i.f for i in items if i.g)", "any(i.f and a for i in items)"]),
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or", "==", "!="]), inner).map(
            lambda parts: "({} {} {})".format(*parts)
        )
        | inner.map(lambda one: f"(not {one})")
        | st.tuples(inner, inner, inner).map(lambda parts: "({} if {} else {})".format(*parts))
    ),
    max_leaves=6,
)
partial = st.dictionaries(names, st.booleans())
some_items = st.lists(st.dictionaries(st.sampled_from(["f", "g"]), st.booleans()), max_size=3)


@given(sources, partial, st.none() | some_items, st.data())
def test_a_known_value_stays_when_more_is_answered(
    source: str, answers: dict[str, Any], listed: list[dict[str, bool]] | None, data: st.DataObject
) -> None:
    expression = parse(source, NAMES)
    first = {**answers} if listed is None else {**answers, "items": listed}
    now = expression.evaluate(Scope(first, TODAY))
    filled = [
        {key: one.get(key, data.draw(st.booleans())) for key in ("f", "g")}
        for one in (data.draw(some_items) if listed is None else listed)
    ]
    more = {**{name: data.draw(st.booleans()) for name in ("a", "b", "c")}, **answers, "items": filled}
    later = expression.evaluate(Scope(more, TODAY))
    assert later in {True, False}
    assert now is UNKNOWN or now is later
