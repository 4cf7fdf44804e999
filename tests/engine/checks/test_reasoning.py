"""What the reasoning calls impossible is impossible, and plain contradictions do not escape it."""

from decimal import Decimal
from itertools import product
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.checks.reasoning.domains import Domain, of_comparison
from engine.checks.reasoning.possible import Reasoner
from engine.expressions import Expression, Scope, parse
from tests.conftest import NOW
from tests.engine.language.specs import codes, compiled, procedure

FIELDS = (
    "a: {type: boolean, title: 甲}",
    "b: {type: boolean, title: 乙}",
    "who: {type: choice, title: 誰, options: {holder: 本人, agent: 代理人, other: その他}}",
    "n: {type: integer, title: 数, minimum: 0, maximum: 4}",
    "when_a: {type: integer, title: 甲の数, minimum: 0, maximum: 2, when: a}",
)
PROCEDURE = procedure(*FIELDS)
TYPES = {name: field.type.value_type(field) for name, field in PROCEDURE.fields.items()}
SHOWN = {"when_a": ((parse("a", TYPES), PROCEDURE.fields),)}


def possible(expression: Expression) -> bool:
    return Reasoner({}, SHOWN, PROCEDURE.fields).possible(((expression, PROCEDURE.fields),))


ATOMS = st.sampled_from(
    [
        "a",
        "b",
        "who == 'holder'",
        "who != 'agent'",
        "who in ['holder', 'other']",
        "who not in ['agent']",
        "True",
        "False",
    ]
) | st.builds(
    "{} {} {}".format,
    st.sampled_from(["n", "when_a"]),
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
    st.integers(-1, 5),
)
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("(not {})".format, inner)
    ),
    max_leaves=6,
)


def every_answer() -> list[dict[str, Any]]:
    found = []
    for a, b, who, n in product([True, False], [True, False], ["holder", "agent", "other"], range(5)):
        answers = {"a": a, "b": b, "who": who, "n": Decimal(n)}
        found += [{**answers, "when_a": Decimal(m)} for m in range(3)] if a else [answers]
    return found


ANSWERS = every_answer()


@settings(max_examples=300)
@given(EXPRESSIONS)
def test_what_is_called_impossible_holds_for_no_answers(source: str) -> None:
    expression = parse(source, TYPES)
    if not possible(expression):
        assert not any(expression.holds(Scope(answers, NOW.date())) for answers in ANSWERS)


@settings(max_examples=300)
@given(st.lists(ATOMS, min_size=1, max_size=5))
def test_every_contradiction_of_plain_demands_is_seen(atoms: list[str]) -> None:
    expression = parse(" and ".join(atoms), TYPES)
    holds = any(expression.holds(Scope(answers, NOW.date())) for answers in ANSWERS)
    assert possible(expression) == holds


NUMBERS = st.integers(-3, 3).map(Decimal)
OPERATORS = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}


@given(st.lists(st.tuples(st.sampled_from(sorted(OPERATORS)), NUMBERS), max_size=4), st.booleans())
def test_a_domain_is_empty_when_no_number_fits(demands: list[tuple[str, Decimal]], whole: bool) -> None:
    domain = Domain(whole=whole)
    for operator, value in demands:
        domain = domain.meet(of_comparison(operator, value))
    numbers = [Decimal(n) / (1 if whole else 4) for n in range(-20, 21)]
    fits = any(all(OPERATORS[operator](number, value) for operator, value in demands) for number in numbers)
    if domain.empty:
        assert not fits
    elif all(operator != "!=" for operator, _ in demands):
        assert fits


DOGS = (
    "dogs: {type: array, title: 犬, maxItems: 3, items: {type: object, properties: {old: {type: boolean, title: 老}}}}"
)


@pytest.mark.parametrize(
    "when",
    [
        "False",
        "a and not a",
        "n > 4",
        "n < 3 and n > 2",
        "1 < n < 2",
        "who == 'holder' and who == 'agent'",
        "not (who == 'holder' or who == 'agent' or who == 'other')",
        "when_a > 0 and not a",
        "len(dogs) > 3",
        "len(dogs) < 0",
        "3 < len(dogs)",
        "(a or b) and not a and not b",
        "shut and n == 4",
        "n == 3 and n in [1, 2]",
    ],
)
def test_what_can_never_be_shown_is_reported(when: str) -> None:
    more = "conditions: {shut: n < 4}\n"
    found = compiled(*FIELDS, DOGS, f'it: {{type: text, title: 問, when: "{when}"}}', more=more)
    assert codes(found) == ["never-shown"]


@pytest.mark.parametrize(
    "when",
    [
        "a",
        "not a",
        "n == 4",
        "n > 2 and n < 4",
        "0.5 < n < 1.5",
        "who != 'holder' and who != 'agent'",
        "len(dogs) == 3",
        "any(d.old for d in dogs) and not any(d.old for d in dogs)",
        "n + 1 > 100",
        "answered(a) and not answered(a)",
        "a == b and a != b",
    ],
)
def test_what_might_be_shown_is_not_reported(when: str) -> None:
    found = compiled(*FIELDS, DOGS, f'it: {{type: text, title: 問, when: "{when}"}}')
    assert codes(found) == []


def test_only_the_outermost_thing_is_reported() -> None:
    inner = (
        "it: {type: object, title: 甲, when: a and not a, properties: {x: {type: text, title: 乙, when: b and not b}}}"
    )
    assert codes(compiled(*FIELDS, inner)) == ["never-shown"]


def test_a_field_is_reported_that_contradicts_its_own_step() -> None:
    more = (
        FIELDS[0] + "\n  two:\n    title: 二\n    when: a\n    fields:\n      it: {type: text, title: 問, when: not a}"
    )
    found = compiled(more)
    assert codes(found) == ["never-shown"]
    assert found.problems[-1].path == "steps.two.fields.it.when"


def test_items_options_lines_and_waivers_are_looked_at_too() -> None:
    fees = (
        "fees: {due: submission, lines: {a: {title: 料, law: 法, account: '1', when: a and not a, "
        "yen: [{from: 2020-01-01, amount: 1}]}}, waivers: {w: {title: 減, law: 法, percent: 5, when: n > 9}}}\n"
    )
    dogs = DOGS.replace("title: 老}", "title: 老}, x: {type: text, title: 甲, when: old and not old}")
    choice = "way: {type: choice, title: 方法, options: {post: {title: 郵送, when: n > 9}, counter: 窓口}}"
    found = compiled(*FIELDS, dogs, choice, more=fees)
    paths = {problem.path for problem in found.problems if problem.code == "never-shown"}
    assert paths == {
        "fees.lines.a.when",
        "fees.waivers.w.when",
        "steps.one.fields.dogs.items.properties.x.when",
        "steps.one.fields.way.options.post.when",
    }


def test_hundreds_of_alternatives_are_left_open() -> None:
    many = " and ".join("(n == 0 or n == 1 or n == 2)" for _ in range(12))
    assert codes(compiled(*FIELDS, f'it: {{type: text, title: 問, when: "{many}"}}')) == []
