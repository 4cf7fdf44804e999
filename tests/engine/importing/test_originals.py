"""Answers go to the shape of the original and back, and nothing is lost on the way."""

from typing import Any

import pytest

from engine.importing import Wishes, import_schema
from engine.model import Procedure
from engine.originals import from_original, to_original
from tests.engine.importing.judging import DAY, accepts, bring_in, written

PERSON = {
    "type": "object",
    "additionalProperties": False,
    "required": ["first name"],
    "properties": {"first name": {"type": "string"}, "last/name~": {"type": "string"}},
}
LARGE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["applicant"],
    "properties": {
        "applicant": {
            "type": "object",
            "additionalProperties": False,
            "required": ["person", "1"],
            "properties": {"person": PERSON, "1": {"type": "boolean"}, "people": {"type": "array", "items": PERSON}},
        },
        "person": PERSON,
    },
}
WHOLE = {
    "applicant": {
        "person": {"first name": "花子", "last/name~": "𠮷田"},
        "1": False,
        "people": [{"first name": "太郎"}, {"first name": "次郎", "last/name~": "髙橋"}],
    },
    "person": {"first name": "三郎"},
}


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    found = bring_in(written(LARGE), "large.json", {}).procedure
    assert found is not None
    return found


def test_large_objects_that_are_always_there_are_spread_over_steps(procedure: Procedure) -> None:
    assert len(procedure.steps) > 2
    assert {field.stands_at for field in procedure.fields.values()} >= {"/applicant/1", "/applicant/people"}


def test_there_and_back(procedure: Procedure) -> None:
    answers = from_original(procedure, WHOLE)
    assert set(answers) <= set(procedure.fields)
    assert to_original(procedure, answers) == WHOLE
    assert accepts(procedure, WHOLE)


@pytest.mark.parametrize(
    "instance",
    [
        {},
        [],
        "x",
        {"applicant": {}},
        {"applicant": "x"},
        {"applicant": {**WHOLE["applicant"], "more": 1}},
        {**WHOLE, "more": 1},
        {**WHOLE, "person": {"first_name": "x"}},
        {"applicant": {**WHOLE["applicant"], "people": [{"first name": "x", "y": 1}]}},
    ],
)
def test_what_the_original_does_not_know_is_not_accepted(procedure: Procedure, instance: Any) -> None:
    assert not accepts(procedure, instance)


def test_wishes_fill_in_the_front() -> None:
    wishes = Wishes(
        version=DAY,
        id="dog",
        bureau="hokeniryo",
        law="狂犬病予防法第4条",
        retention_years=3,
        start="/properties/person",
    )
    text = import_schema(written(LARGE), "large.json", wishes).yaml
    assert "id: dog\nversion: 2026-05-01\n" in text
    assert "bureau: hokeniryo\n" in text
    assert "law: [狂犬病予防法第4条]\n" in text
    assert "retention: {years: 3}\n" in text
    assert "記入 所管" not in text
    assert "applicant" not in text


@pytest.mark.parametrize(("language", "mark"), [("ja", "# 記入 所管の局"), ("en", "# fill in: the bureau")])
def test_what_is_missing_is_marked(language: str, mark: str) -> None:
    assert mark in import_schema(written(LARGE), "large.json", Wishes(version=DAY, language=language)).yaml
