"""One JSON Schema a procedure: it accepts what the form accepts, and lists what it cannot say."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.compiling import compile_procedure, load_concepts
from engine.model import Procedure
from engine.submission_schema import submission_schema
from engine.validation import check_submission
from tests.engine.fields.samples import ANSWERS, SPECS, field
from tests.engine.language.specs import CONCEPTS, REAL, procedure

TODAY = date(2026, 5, 1)
WHOLE = procedure(*(f"f_{name}: {written}" for name, written in SPECS.items()))
SCHEMA = Draft202012Validator(submission_schema(WHOLE))
GOOD = {f"f_{name}": answer for name, answer in ANSWERS.items()}


def real(path: Any) -> Procedure:
    concepts, _ = load_concepts(CONCEPTS.read_text(encoding="utf-8"), "concepts.yaml")
    found = compile_procedure(path.read_text(encoding="utf-8"), path.name, concepts).procedure
    assert found
    return found


def test_it_is_a_schema_and_takes_every_types_answer() -> None:
    Draft202012Validator.check_schema(SCHEMA.schema)
    assert check_submission(WHOLE, GOOD, TODAY) == ()
    assert [error.message for error in SCHEMA.iter_errors(GOOD)] == []


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_each_answer_is_wanted(name: str) -> None:
    less = {key: answer for key, answer in GOOD.items() if key != f"f_{name}"}
    assert not SCHEMA.is_valid(less)
    assert check_submission(WHOLE, less, TODAY)


def test_other_keys_are_refused() -> None:
    assert not SCHEMA.is_valid({**GOOD, "x": 1})
    assert not SCHEMA.is_valid({**GOOD, "f_object": {"firm": "x", "y": 1}})


scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5)
values = st.recursive(
    scalars | st.sampled_from(list(ANSWERS.values())),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["firm", "since", "family", "given", "call", "born"]), inner, max_size=3)
    ),
    max_leaves=4,
)


@given(st.sampled_from(sorted(ANSWERS)), values)
def test_what_the_form_accepts_the_schema_accepts(name: str, answer: Any) -> None:
    answers = {**GOOD, f"f_{name}": answer}
    if not check_submission(WHOLE, answers, TODAY):
        assert SCHEMA.is_valid(answers)


CANNOT_SAY = {"errors.control_character", "errors.email", "errors.date_exists", "errors.date_year"}


@given(st.sampled_from(sorted(ANSWERS)), values)
def test_what_the_form_refuses_the_schema_refuses_where_it_can_say_it(name: str, answer: Any) -> None:
    answers = {**GOOD, f"f_{name}": answer}
    keys = {failure.key for failure in check_submission(WHOLE, answers, TODAY)}
    if keys - CANNOT_SAY:
        assert not SCHEMA.is_valid(answers)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_real_procedures_accept_their_scenarios(path: Any) -> None:
    found = real(path)
    schema = submission_schema(found)
    Draft202012Validator.check_schema(schema)
    for scenario in found.scenarios:
        if not scenario.expect.errors:
            assert [error.message for error in Draft202012Validator(schema).iter_errors(dict(scenario.answers))] == []


def test_rules_that_json_schema_cannot_say_are_listed_with_their_words() -> None:
    found = procedure(
        "old: {type: boolean, title: 更新}",
        "until: {type: date, title: 期限, when: old, minimum: today, maximum: 2030-12-31}",
        "kind: {type: choice, title: 種類, optional: not old, options: {new: 新規, renewal: {title: 更新, when: old}}}",
        "rows: {type: array, title: 行, items: {type: object, properties: {a: {type: string, title: 甲, when: old}}}}",
    )
    schema = submission_schema(found)
    assert schema["required"] == ["old", "rows"]
    assert schema["properties"]["rows"]["items"]["required"] == []
    rules = [(rule["path"], rule["says"]["ja"]) for rule in schema["x-tetsuzuki-rules"]]
    assert rules == [
        (["until"], "「更新」が「はい」"),
        (["until"], "今日"),
        (["until"], "2030年12月31日"),
        (["kind"], "「更新」が「いいえ」"),
        (["kind", "=renewal"], "「更新」が「はい」"),
        (["rows", "*", "a"], "「更新」が「はい」"),
    ]


def test_a_reference_inside_a_field_still_leads_there() -> None:
    found = procedure("code: {type: string, title: 番号, allOf: [{$ref: '#/$defs/d'}], $defs: {d: {maxLength: 3}}}")
    schema = Draft202012Validator(submission_schema(found))
    assert schema.is_valid({"code": "123"})
    assert not schema.is_valid({"code": "1234"})
    assert [failure.key for failure in check_submission(found, {"code": "1234"}, TODAY)] == ["errors.max_length"]


def test_notes_are_not_part_of_it() -> None:
    assert "f_note" not in SCHEMA.schema["properties"]
    assert field("note").type.parts(field("note")) == ()
