"""Automatic checks: passed, failed or not known, with what they rest on."""

from datetime import date
from typing import Any

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.journey import walk
from engine.judging import judge
from engine.model import Procedure

DAY = date(2026, 5, 1)
SOURCE = """
id: sample
version: 2026-04-01
title: {ja: 見本, en: Sample}
bureau: sample
retention: {years: 1}
steps:
  one:
    title: 一
    fields:
      first: {type: date, title: 初日}
      last: {type: date, title: 末日, optional: true}
      rooms:
        type: array
        title: 部屋
        optional: true
        items:
          type: object
          properties:
            beds: {type: number, title: 寝台}
            guests: {type: number, title: 客}
          checks: [{that: guests <= beds, error: 客は寝台の数までです。}]
    checks: [{that: last >= first, error: 末日は初日より後です。, law: 見本法第2条}]
    stops: {past: {when: first < today, reason: 過ぎています。, instead: 別の日を選んでください。}}
  two:
    title: 二
    when: answered(last)
    fields: {why: {type: text, title: 理由}}
    warnings: {short: {when: len(why) < 2, text: 理由が短い。}}
warnings: {long: {when: "days_between(first, last) > 30", text: 長い。}}
"""


@pytest.fixture(scope="module")
def sample() -> Procedure:
    found = compile_procedure(SOURCE, "sample.yaml", Concepts.empty(), checked=False)
    assert found.procedure is not None, found.problems
    return found.procedure


@pytest.mark.parametrize(
    ("answers", "states"),
    [
        ({}, {"last": "unknown", "past": "unknown", "long": "unknown"}),
        ({"first": "2026-05-02"}, {"last": "unknown", "past": "passed", "long": "unknown"}),
        (
            {"first": "2026-05-02", "last": "2026-05-01"},
            {"last": "failed", "past": "passed", "long": "passed", "short": "unknown"},
        ),
        (
            {"first": "2026-05-02", "last": "2026-08-01", "why": "長期"},
            {"last": "passed", "past": "passed", "long": "failed", "short": "passed"},
        ),
        ({"first": "2026-04-02", "last": "2026-04-03"}, {"last": "passed", "past": "failed", "long": "passed"}),
    ],
)
def test_each_rule_that_concerns_the_case_is_judged(
    sample: Procedure, answers: dict[str, Any], states: dict[str, str]
) -> None:
    names = {"末日は初日より後です。": "last", "過ぎています。": "past", "長い。": "long", "理由が短い。": "short"}
    found = {names[one.told.say("ja")]: one.state for one in judge(walk(sample, answers, DAY))}
    assert found == states


def test_the_items_of_a_list_are_judged_one_by_one(sample: Procedure) -> None:
    rooms = [{"beds": 2, "guests": 1}, {"beds": 1, "guests": 2}, {"beds": 1}]
    found = [one for one in judge(walk(sample, {"first": "2026-05-02", "rooms": rooms}, DAY)) if one.listed]
    assert [(one.number, one.state) for one in found] == [(1, "passed"), (2, "failed"), (3, "unknown")]
    assert [(field.id, answer) for field, answer in found[1].looked_at] == [("beds", 1), ("guests", 2)]
    assert [field.id for field in found[2].open] == ["guests"]


def test_a_check_says_what_it_rests_on_and_what_is_open(sample: Procedure) -> None:
    [check] = [one for one in judge(walk(sample, {"first": "2026-05-02"}, DAY)) if one.kind == "check"]
    assert [(field.id, answer) for field, answer in check.looked_at] == [("first", "2026-05-02")]
    assert [field.id for field in check.open] == ["last"]
    assert check.law == "見本法第2条"
    words = check.in_words(sample, "ja")
    assert "末日" in words
    assert "初日" in words
