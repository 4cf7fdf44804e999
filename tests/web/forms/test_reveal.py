"""Conditions between questions of one page: what the browser is told, and that it means what the engine means."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engine.expressions import BOOLEAN, Scope, list_of, one_of, parse
from engine.model import Procedure
from tests.conftest import NOW
from web.forms.building import questions_of
from web.forms.reveal import browser_rule, names_below

NAMES = {"kind": one_of(["a", "b", "c"]), "sure": BOOLEAN, "other": BOOLEAN, "several": list_of(one_of(["x", "y"]))}


def spell(answer: object) -> str:
    return {True: "yes", False: "no"}.get(answer, str(answer))


def sent(answer: Any) -> Any:
    return answer if isinstance(answer, list) else spell(answer)


ASKED = {name: (name, spell) for name in NAMES}


def rule_of(source: str) -> Any:
    text = browser_rule(parse(source, NAMES), {}, ASKED)
    return json.loads(text) if text else None


def holds(rule: Any, answers: dict[str, Any]) -> bool:
    """The same as in site.js."""
    verb, *rest = rule
    if verb == "and":
        return all(holds(part, answers) for part in rest)
    if verb == "or":
        return any(holds(part, answers) for part in rest)
    if verb == "not":
        return rest[0][1] in answers and not holds(rest[0], answers)
    given = answers.get(rest[0], [])
    return any(one in rest[1] for one in (given if isinstance(given, list) else [given]))


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("sure", ["is", "sure", ["yes"]]),
        ("not sure", ["not", ["is", "sure", ["yes"]]]),
        ("kind == 'a'", ["is", "kind", ["a"]]),
        ("kind != 'a'", ["not", ["is", "kind", ["a"]]]),
        ("kind in ('a', 'b')", ["is", "kind", ["a", "b"]]),
        ("'x' in several", ["is", "several", ["x"]]),
        ("sure and kind == 'a'", ["and", ["is", "sure", ["yes"]], ["is", "kind", ["a"]]]),
        ("not (sure or other)", None),
        ("answered(kind)", None),
    ],
)
def test_what_the_browser_can_follow_and_what_not(source: str, rule: Any) -> None:
    assert rule_of(source) == rule


ATOMS = some.sampled_from(
    ["sure", "other", "not sure", "kind == 'a'", "kind != 'b'", "kind in ('a', 'c')", "sure == True", "'x' in several"]
)
CONDITIONS = some.recursive(
    ATOMS, lambda inner: some.tuples(inner, some.sampled_from(["and", "or"]), inner).map(lambda t: f"({' '.join(t)})")
)
ANSWERS = some.fixed_dictionaries(
    {},
    optional={
        "kind": some.sampled_from("abc"),
        "sure": some.booleans(),
        "other": some.booleans(),
        "several": some.lists(some.sampled_from("xy"), min_size=1, unique=True),
    },
)


@given(CONDITIONS, ANSWERS)
def test_the_browser_agrees_with_the_engine(source: str, answers: dict[str, Any]) -> None:
    rule = rule_of(source)
    if rule is None:
        return
    known = parse(source, NAMES).evaluate(Scope(answers, NOW.date())) is True
    assert holds(rule, {name: sent(answer) for name, answer in answers.items()}) is known


def test_a_condition_on_the_same_page_is_told_with_words(compiled: Callable[..., Procedure]) -> None:
    procedure = compiled(
        """
        purpose: {type: choice, title: 使いみち, options: {loan: 融資, other: その他}}
        which: {type: string, title: 内容, when: is_other}
        """,
        "conditions: {is_other: purpose == 'other'}",
    )
    question = questions_of(procedure.steps[0].fields, "ja", procedure.conditions)[1]
    assert json.loads(question.when_rule) == ["is", "purpose", ["other"]]
    assert "使いみち" in question.when_words
    assert "その他" in question.when_words
    assert names_below(procedure.fields["which"].when, procedure.conditions) == {"purpose"}
