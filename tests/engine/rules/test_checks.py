"""A check over several answers fails only if known false, at the question where it is told."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.compiling import Concepts, compile_procedure
from engine.journey import walk
from engine.model import Procedure
from engine.submission_schema import submission_schema
from engine.validation import check_fields, check_submission
from tests.engine.language.specs import FRONT

SPEC = (
    FRONT
    + """\
conditions:
  in_order: first <= last
steps:
  days:
    title: {ja: 一}
    fields:
      first: {type: integer, title: 初め, minimum: 0}
      last: {type: integer, title: 終わり, minimum: 0}
      phone: {type: phone, title: 電話, optional: true}
      email: {type: email, title: メール, optional: true}
    checks:
      - {that: in_order, error: {ja: 逆です, en: The wrong way round}}
      - {that: answered(phone) or answered(email), error: {ja: どちらかは必要です, en: One of them}, at: [phone, email]}
  rest:
    title: {ja: 二}
    fields:
      noted: {type: boolean, title: 記す}
      note: {type: integer, title: 注, when: noted, optional: true}
      hall:
        type: object
        title: 会場
        optional: true
        properties:
          seats: {type: integer, title: 席}
          used: {type: integer, title: 使う席}
        checks: [{that: used <= seats, error: {ja: 席が足りません, en: Too few seats}}]
      rows:
        type: array
        title: 行
        optional: true
        items:
          type: object
          properties:
            low: {type: integer, title: 下}
            high: {type: integer, title: 上}
          checks: [{that: low <= high and high <= last, error: {ja: 範囲外, en: Out of range}, at: low}]
    checks:
      - {that: "last < 100 or not noted", error: {ja: 大きすぎます, en: Too large}, at: note}
"""
)
TODAY = date(2026, 5, 1)


def build() -> Procedure:
    found = compile_procedure(SPEC, "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


PROCEDURE = build()
GOOD: dict[str, Any] = {"first": 1, "last": 2, "phone": "0353211111", "noted": False}


def wrong(**answers: Any) -> list[tuple[str, str]]:
    failures = check_submission(PROCEDURE, {**GOOD, **answers}, TODAY)
    return [(".".join(map(str, failure.path)), failure.say("en")) for failure in failures]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"first": 2}, []),
        ({"first": 3}, [("last", "The wrong way round")]),
        ({"hall": {"seats": 3, "used": 3}}, []),
        ({"hall": {"seats": 3, "used": 4}}, [("hall.used", "Too few seats")]),
        ({"rows": [{"low": 1, "high": 2}, {"low": 2, "high": 1}]}, [("rows.1.low", "Out of range")]),
        ({"rows": [{"low": 1, "high": 3}]}, [("rows.0.low", "Out of range")]),  # what is asked outside counts too
    ],
)
def test_it_is_told_where_its_author_says(answers: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert wrong(**answers) == expected


def test_where_that_question_is_hidden_it_is_still_told() -> None:
    assert wrong(last=100, noted=True) == [("note", "Too large")]
    journey = walk(PROCEDURE, {**GOOD, "last": 100}, TODAY)
    assert "note" not in journey.shown
    assert wrong(last=100) == []


def test_an_answer_that_is_wrong_itself_is_told_only_once() -> None:
    assert [path for path, _ in wrong(first=3, last=-1)] == ["last"]
    assert [path for path, _ in wrong(hall={"seats": "x", "used": 4})] == ["hall.seats"]


def test_at_least_one_of_two() -> None:
    answers = {key: value for key, value in GOOD.items() if key != "phone"}
    failures = check_submission(PROCEDURE, answers, TODAY)
    assert [(failure.path, failure.say("ja")) for failure in failures] == [
        (("phone",), "どちらかは必要です"),
        (("email",), "どちらかは必要です"),
    ]
    assert check_submission(PROCEDURE, {**answers, "email": "a@example.jp"}, TODAY) == ()


def test_only_the_page_where_it_is_told_is_unfinished() -> None:
    journey = walk(PROCEDURE, {**GOOD, "first": 3}, TODAY)
    step = journey.first_unfinished()
    assert step is not None
    assert step.id == "days"
    fields = PROCEDURE.fields
    assert check_fields([fields["first"]], journey.answers, journey, TODAY) == ()
    assert [one.path for one in check_fields([fields["last"]], journey.answers, journey, TODAY)] == [("last",)]


numbers = st.integers(-1, 3) | st.none() | st.text(max_size=2)


@given(numbers, numbers)
def test_it_fails_exactly_where_both_are_there_and_it_is_false(first: Any, last: Any) -> None:
    answers = {name: value for name, value in (("first", first), ("last", last)) if value is not None}
    failures = check_submission(PROCEDURE, {"phone": "0353211111", "noted": False, **answers}, TODAY)
    told = ("last",) in [failure.path for failure in failures if failure.key == "check"]
    both = all(isinstance(value, int) and value >= 0 for value in (first, last))
    assert told == (both and first > last)


def test_the_schema_says_what_it_can_and_lists_the_rest() -> None:
    schema = submission_schema(PROCEDURE)
    rules = [rule for rule in schema["x-tetsuzuki-rules"] if "check" in rule]
    assert [(".".join(rule["path"]), rule["check"]) for rule in rules] == [
        ("last", "in_order"),
        ("hall.used", "used <= seats"),
        ("rows.*.low", "low <= high and high <= last"),
    ]
    assert rules[0]["says"]["en"] == "“初め” is at most “終わり”"
    assert rules[0]["tells"] == {"ja": "逆です", "en": "The wrong way round"}
    validator = Draft202012Validator(schema)
    assert validator.is_valid(GOOD)
    assert not validator.is_valid({key: answer for key, answer in GOOD.items() if key != "phone"})
    assert not validator.is_valid({**GOOD, "last": 100, "noted": True})
