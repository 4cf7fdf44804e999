"""What staff are asked in a stage, what is still missing, and what that depends on."""

from datetime import date
from typing import Any

import pytest

from engine.compiling import Concepts, compile_procedure
from engine.examining import filling, missing, to_tick
from engine.model import Procedure
from tests.engine.language.specs import FEATURES

DAY = date(2026, 5, 1)
LARGE, SMALL = {"name": "花子", "area": 120}, {"name": "花子", "area": 20}


@pytest.fixture(scope="module")
def examined() -> Procedure:
    path = next(path for path in FEATURES if path.stem == "checklist-and-clerk-fields")
    found = compile_procedure(path.read_bytes(), path.name, Concepts.empty()).procedure
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("answers", "filled", "stage", "items"),
    [
        (LARGE, {}, "check", ["identity", "visit"]),
        (LARGE, {"measured": 110}, "check", ["identity", "visit", "photos"]),
        (LARGE, {"measured": 90}, "check", ["identity", "visit"]),
        (SMALL, {}, "check", ["identity"]),
        (SMALL, {"measured": 110}, "check", ["identity"]),  # not asked, so not known
        (LARGE, {}, "decide", ["seal"]),
    ],
)
def test_what_is_to_be_ticked_follows_from_the_case(
    examined: Procedure, answers: dict[str, Any], filled: dict[str, Any], stage: str, items: list[str]
) -> None:
    journey = filling(examined, answers, filled, DAY, DAY)
    assert [item.id for item in to_tick(examined, journey, stage)] == items


@pytest.mark.parametrize(
    ("answers", "filled", "ticked", "role", "fields", "left"),
    [
        (LARGE, {}, set(), "clerk", True, ["identity", "visit", "measured"]),
        (LARGE, {}, set(), "clerk", False, ["identity", "visit"]),
        (LARGE, {"measured": 110}, {"identity", "visit"}, "clerk", True, []),  # photos are not required
        (LARGE, {"measured": 121}, {"identity", "visit"}, "clerk", True, ["measured"]),  # more than was applied for
        (SMALL, {}, {"identity"}, "clerk", True, []),
        (SMALL, {}, {"seal"}, "approver", True, ["number"]),
        (SMALL, {"number": "12"}, {"seal"}, "approver", True, ["number"]),
        (SMALL, {"number": "0012"}, {"seal"}, "approver", True, []),
    ],
)
def test_what_is_missing(
    examined: Procedure,
    answers: dict[str, Any],
    filled: dict[str, Any],
    ticked: set[str],
    role: str,
    fields: bool,
    left: list[str],
) -> None:
    journey = filling(examined, answers, filled, DAY, DAY)
    found = missing(examined, journey, frozenset(ticked), role, fields=fields)
    assert [one.what.id for one in found] == left


def test_conditions_are_those_of_the_day_of_submission() -> None:
    source = """
id: sample
version: 2026-04-01
title: 見本
bureau: sample
retention: {years: 1}
steps: {one: {title: 一, fields: {born: {type: date, title: 生年月日}}}}
conditions: {minor: "age_on(born, today) < 18"}
review:
  office: office
  standard_days: 5
  stages: {decide: {title: 決裁, role: approver}}
  clerk_fields:
    consent: {type: text, title: 同意, when: minor}
    seen_on: {type: date, title: 確かめた日, maximum: today, optional: true}
  refusal_reasons: [{code: R1, title: 要件, law: 法}]
"""
    procedure = compile_procedure(source, "sample.yaml", Concepts.empty(), checked=False).procedure
    assert procedure is not None
    born = {"born": "2008-05-03"}  # 18 on the day after the submission (the day before the birthday)
    journey = filling(procedure, born, {"seen_on": "2026-05-20"}, DAY, date(2026, 5, 20))
    assert journey.shown == {"consent", "seen_on"}
    assert [one.what.id for one in missing(procedure, journey, frozenset(), "approver")] == ["consent"]
    yesterday = filling(procedure, born, {"seen_on": "2026-05-20"}, DAY, date(2026, 5, 19))
    assert [one.what.id for one in missing(procedure, yesterday, frozenset(), "approver")] == ["consent", "seen_on"]
