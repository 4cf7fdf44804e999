"""Stops and warnings hold only if known true, as soon as they are; more answers never take one back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling import Concepts, compile_procedure
from engine.explain import explain
from engine.journey import Journey, walk
from engine.model import Procedure
from engine.validation import check_submission
from tests.engine.language.specs import FRONT

SPEC = (
    FRONT
    + """\
conditions:
  minor: age < 18
stops:
  alone: {when: minor and not guarded, reason: {ja: 一人では不可, en: Not alone}, instead: {ja: 窓口へ, en: Come to us}}
  either: {when: "age > 99 or ward == 'there'", reason: {ja: 対象外, en: Not for you}, instead: {ja: 他へ, en: Off}}
warnings:
  many: {when: dogs > 3, text: {ja: 多いです, en: Many}}
  no_phone: {when: not answered(phone), text: {ja: 電話がないと遅れます, en: Slower without a phone}}
  new_year: {when: today >= "2027-01-01", text: {ja: 来年です, en: Next year}}
steps:
  who:
    title: {ja: 一}
    fields:
      age: {type: integer, title: 年齢}
      guarded: {type: boolean, title: 保護者, when: minor}
  where:
    title: {ja: 二}
    fields:
      ward: {type: choice, title: 住所, options: {here: 区内, there: 区外}}
      phone: {type: phone, title: 電話, optional: true}
  dogs:
    title: {ja: 三}
    when: ward == 'here'
    fields:
      dogs: {type: integer, title: 頭数, minimum: 0}
    stops:
      none: {when: dogs == 0, reason: {ja: 犬がいません, en: No dog}, instead: {ja: 何も要りません, en: Nothing to do}}
"""
)
TODAY = date(2026, 5, 1)


def build() -> Procedure:
    found = compile_procedure(SPEC, "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


PROCEDURE = build()


def go(today: date = TODAY, **answers: Any) -> Journey:
    return walk(PROCEDURE, answers, today)


def stops(journey: Journey) -> list[str]:
    return [stop.id for stop in journey.stops]


def warned(journey: Journey) -> dict[str, str]:
    return {one.caution.id: one.step for one in journey.warnings}


@pytest.mark.parametrize(
    ("answers", "holding", "steps"),
    [
        ({}, [], ["who", "where"]),
        ({"age": 17}, [], ["who", "where"]),  # whether somebody is there is not known
        ({"age": 17, "guarded": True, "ward": "here"}, [], ["who", "where", "dogs"]),
        ({"age": 17, "guarded": False, "ward": "here"}, ["alone"], ["who"]),
        ({"age": 100, "ward": "here", "dogs": 1}, ["either"], ["who"]),  # known before the ward is
        ({"age": 20, "ward": "there"}, ["either"], ["who", "where"]),
        ({"ward": "there"}, ["either"], ["who", "where"]),
        ({"age": 20, "ward": "here", "dogs": 0}, ["none"], ["who", "where", "dogs"]),
        ({"age": 20, "ward": "there", "dogs": 0}, ["either"], ["who", "where"]),
        ({"age": "x", "ward": "here"}, [], ["who", "where", "dogs"]),  # what cannot be read is unknown
    ],
)
def test_the_way_ends_with_the_step_that_makes_a_stop_known(
    answers: dict[str, Any], holding: list[str], steps: list[str]
) -> None:
    journey = go(**answers)
    assert stops(journey) == holding
    assert [step.id for step in journey.steps] == steps


def test_answers_after_a_stop_are_off_the_path() -> None:
    journey = go(age=100, ward="here", dogs=2)
    assert journey.answers == {"age": 100}
    assert journey.next_step("who") is None


def test_a_stop_is_a_failure_in_the_authors_words() -> None:
    failures = check_submission(PROCEDURE, {"age": 17, "guarded": False}, TODAY)
    assert [(failure.path, failure.say("en"), failure.say("ja")) for failure in failures] == [
        (("stops", "alone"), "Not alone", "一人では不可")
    ]
    assert check_submission(PROCEDURE, {"age": 20, "ward": "here", "dogs": 1}, TODAY) == ()


def test_a_warning_is_known_after_the_step_that_decides_it() -> None:
    good = {"age": 20, "ward": "here", "phone": "0353211111"}
    assert warned(go(**good, dogs=3)) == {}
    assert warned(go(**good, dogs=4)) == {"many": "dogs"}
    assert warned(go(age=20)) == {"no_phone": "where"}
    assert warned(go(**good, dogs=1, today=date(2027, 1, 1))) == {"new_year": "who"}
    assert check_submission(PROCEDURE, {**good, "dogs": 4}, date(2027, 1, 1)) == ()


def test_explain_tells_what_stops_and_what_is_pointed_out() -> None:
    told = explain(PROCEDURE, {"age": 100}, TODAY, "en")
    assert "Stop either: Not for you" in told
    assert "the way ends here" in told
    assert "Fee" not in told
    told = explain(PROCEDURE, {"age": 20, "ward": "here", "dogs": 9}, TODAY, "ja")
    assert "注意 many: 多いです" in told
    assert "「頭数」が3を超える" in told


ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "age": st.integers(15, 101),
    "guarded": st.booleans(),
    "ward": st.sampled_from(["here", "there"]),
    "dogs": st.integers(0, 5),
}
partial = st.fixed_dictionaries({}, optional=ANSWERS)


@given(partial, partial)
def test_more_answers_never_take_a_stop_back(some: dict[str, Any], others: dict[str, Any]) -> None:
    before, after = go(**some), go(**{**others, **some})
    assert stops(after) or not stops(before)
    assert len(after.steps) <= len(before.steps) or not stops(before)


@given(partial)
def test_a_stop_holds_exactly_where_all_that_could_still_be_answered_leads_to_it(some: dict[str, Any]) -> None:
    """Known true means: true whatever the open answers are. Here each expression is as wise as that."""
    age, ward = some.get("age"), some.get("ward")
    guarded = some.get("guarded") if age is not None and age < 18 else None
    alone = age is not None and age < 18 and guarded is False
    either = (age is not None and age > 99) or ward == "there"
    none = ward == "here" and some.get("dogs") == 0
    assert bool(stops(go(**some))) == (alone or either or none)


@given(partial)
def test_whoever_is_stopped_cannot_submit_and_a_warning_hinders_nobody(some: dict[str, Any]) -> None:
    journey, failures = go(**some), check_submission(PROCEDURE, some, TODAY)
    assert {failure.path[1] for failure in failures if failure.key == "stop"} == set(stops(journey))
    assert not (journey.warnings and not stops(journey) and journey.first_unfinished() is None and failures)


def test_rules_follow_what_they_call_by_name() -> None:
    source = (
        FRONT
        + """\
calculated:
  people: {value: adults + children}
conditions:
  crowd: people > 10
stops:
  full: {when: crowd, reason: {ja: 満員, en: Full}, instead: {ja: 別の日に, en: Another day}}
steps:
  one:
    title: {ja: 一}
    fields:
      adults: {type: integer, title: 大人}
  two:
    title: {ja: 二}
    fields:
      children: {type: integer, title: 子ども}
  three:
    title: {ja: 三}
    fields:
      name: {type: text, title: 名前}
"""
    )
    found = compile_procedure(source, "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    assert {step: [rule.id for rule in rules] for step, rules in found.procedure.watched.items()} == {
        "one": ["full"],
        "two": ["full"],
    }
    assert [step.id for step in walk(found.procedure, {"adults": 11, "children": 0}, TODAY).steps] == ["one", "two"]
