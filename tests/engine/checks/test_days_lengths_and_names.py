"""Contradictions and certainties over days, lengths, named conditions and calculated truths; sound by brute force."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checks.reasoning.possible import Reasoner
from engine.expressions import BOOLEAN, Scope, parse
from tests.engine.language.specs import codes, compiled, procedure

FIRST = date(2026, 4, 1)
FIELDS = (
    "day: {type: date, title: 日, minimum: 2026-04-01, maximum: 2026-04-04}",
    "memo: {type: text, title: メモ, minLength: 1, maxLength: 3}",
    "nick: {type: text, title: 愛称, optional: true}",
    "n: {type: integer, title: 数, exclusiveMinimum: 0, maximum: 3}",
    "a: {type: boolean, title: 甲}",
)
NAMED = {"early": "day < '2026-04-02'", "short": "len(memo) < 2 or early", "odd": "n in [1, 3] and not short"}
PROCEDURE = procedure(*FIELDS)
TYPES = {name: field.type.value_type(field) for name, field in PROCEDURE.fields.items()} | dict.fromkeys(NAMED, BOOLEAN)
CONDITIONS = {name: parse(source, TYPES) for name, source in NAMED.items()}
EVERY: list[dict[str, Any]] = [
    {"day": FIRST + timedelta(days=later), "memo": "x" * length, "n": Decimal(n), "a": a}
    for later, length, n, a in product(range(4), range(1, 4), range(1, 4), [True, False])
]
signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
days = st.integers(-1, 5).map(lambda later: f"'{FIRST + timedelta(days=later)}'")
atoms = (
    st.builds("day {} {}".format, signs, days)
    | st.builds("{} {} day".format, days, signs)
    | st.builds("day in [{}, {}]".format, days, days)
    | st.builds("len(memo) {} {}".format, signs, st.integers(-1, 5))
    | st.builds("n {} {}".format, signs, st.integers(-1, 5))
    | st.sampled_from(["a", *NAMED])
)
expressions = st.recursive(
    atoms,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("(not {})".format, inner)
    ),
    max_leaves=5,
)


def holds(source: str) -> list[bool]:
    expression = parse(source, TYPES)
    return [expression.holds(Scope(answers, FIRST, CONDITIONS)) for answers in EVERY]


def reasoner() -> Reasoner:
    return Reasoner(CONDITIONS, {}, PROCEDURE.fields)


@settings(max_examples=200)
@given(expressions)
def test_what_is_denied_holds_for_no_answers_and_what_is_certain_for_all(source: str) -> None:
    demands = ((parse(source, TYPES), PROCEDURE.fields),)
    found = holds(source)
    if not reasoner().possible(demands):
        assert not any(found)
    if reasoner().certain(demands):
        assert all(found)


@settings(max_examples=200)
@given(st.lists(atoms.filter(lambda atom: atom not in NAMED), min_size=1, max_size=4))
def test_plain_demands_are_judged_exactly(found: list[str]) -> None:
    source = " and ".join(found)
    demands = ((parse(source, TYPES), PROCEDURE.fields),)
    assert reasoner().possible(demands) == any(holds(source))
    either = " or ".join(found)
    assert reasoner().certain(((parse(either, TYPES), PROCEDURE.fields),)) == all(holds(either))


MORE = "conditions: {early: \"day < '2026-04-02'\"}\ncalculated: {small: n < 3, fine: not early}\n"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("day > '2026-04-04'", ["never-shown"]),
        ("'2026-04-02' < day < '2026-04-03'", ["never-shown"]),
        ("day < '2026-04-01'", ["never-shown"]),
        ("day in ['2026-03-31', '2026-05-01']", ["never-shown"]),
        ("len(memo) > 3", ["never-shown"]),
        ("len(memo) < 1", ["never-shown"]),
        ("len(nick) < 0", ["never-shown"]),
        ("n < 1", ["never-shown"]),
        ("small and n == 3", ["never-shown"]),
        ("early and fine", ["never-shown"]),
        ("fine and day == '2026-04-01'", ["never-shown"]),
        ("not small and n < 3", ["never-shown"]),
        ("day >= '2026-04-01'", ["always-true"]),
        ("len(memo) <= 3", ["always-true"]),
        ("n >= 1", ["always-true"]),
        ("early or fine", ["always-true"]),
        ("small or n > 2", ["always-true"]),
        ("len(nick) >= 0", []),  # of an answer that may be missing it asks whether it is there
        ("day == '2026-04-04'", []),
        ("len(memo) == 3", []),
        ("n == 3 and not small", []),
        ("day < today", []),
        ("answered(nick)", []),
    ],
)
def test_what_is_said_of_a_condition(when: str, expected: list[str]) -> None:
    found = compiled(*FIELDS, f'it: {{type: text, title: 問, when: "{when}"}}', more=MORE)
    said = [problem.code for problem in found.problems if problem.code in {"never-shown", "always-true"}]
    assert said == expected
    assert codes(found) == [code for code in expected if code == "never-shown"]


def test_what_rests_on_a_question_that_is_not_always_asked_is_not_certain() -> None:
    asked = "m: {type: integer, title: 数, minimum: 5, when: a}"
    found = compiled(*FIELDS, asked, "it: {type: text, title: 問, when: m > 3}")
    assert [problem.code for problem in found.problems if problem.code == "always-true"] == []
