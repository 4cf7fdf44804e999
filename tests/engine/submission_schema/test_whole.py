"""One JSON Schema a procedure: it accepts what the form accepts, and lists what it cannot say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.compiling import compile_procedure, load_concepts
from engine.fields.base import FieldProblem, OneInput
from engine.fields.registry import all_types
from engine.model import Field, Procedure
from engine.submission_schema import submission_schema
from engine.validation import check_submission
from tests.engine.fields.samples import ANSWERS, SPECS, field
from tests.engine.language.specs import CONCEPTS, RATES, REAL, procedure

TODAY = date(2026, 5, 1)
WHOLE = procedure(*(f"f_{name}: {written}" for name, written in SPECS.items()))
SCHEMA = Draft202012Validator(submission_schema(WHOLE))
GOOD = {f"f_{name}": answer for name, answer in ANSWERS.items()}


def real(path: Any) -> Procedure:
    concepts, _ = load_concepts(CONCEPTS.read_text(encoding="utf-8"), "concepts.yaml")
    found = compile_procedure(path.read_text(encoding="utf-8"), path.name, concepts, RATES).procedure
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


CANNOT_SAY = {
    *("errors.email", "errors.min_words", "errors.max_words"),
    *("identifiers.corporate_number_mistyped", "identifiers.my_number_mistyped"),
}


@given(st.sampled_from(sorted(ANSWERS)), values)
def test_what_the_form_refuses_the_schema_refuses_where_it_can_say_it(name: str, answer: Any) -> None:
    answers = {**GOOD, f"f_{name}": answer}
    keys = {failure.key for failure in check_submission(WHOLE, answers, TODAY)}
    if keys - CANNOT_SAY:
        assert not SCHEMA.is_valid(answers)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_real_procedures_have_one(path: Any) -> None:
    """That it agrees with the form about their scenarios is held in `test_both_sides`."""
    Draft202012Validator.check_schema(submission_schema(real(path)))


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
    assert rules == [(["until"], "今日")]


def test_conditions_that_rest_on_two_answers_or_the_day_are_rules_at_every_place() -> None:
    """What an author can write and JSON Schema cannot say is listed, wherever it stands."""
    late = 'when: "since < today"'
    found = procedure(
        "since: {type: date, title: 開始}",
        f"until: {{type: date, title: 期限, {late}, exclusiveMinimum: since}}",
        "kind: {type: choice, title: 類, optional: since < today, options: {new: 新, old: {title: 旧, " + late + "}}}",
        "rows: {type: array, title: 行, items: {type: object, properties: {a: {type: text, title: 甲, " + late + "}}}}",
    )
    schema = submission_schema(found)
    assert schema["required"] == ["since", "rows"]
    rules = [(rule["path"], next(key for key in rule if key in LISTED)) for rule in schema["x-tetsuzuki-rules"]]
    assert rules == [
        (["until"], "when"),
        (["kind"], "optional"),
        (["until"], "exclusiveMinimum"),
        (["kind", "=old"], "when"),
        (["rows", "*", "a"], "when"),
    ]


LISTED = ("when", "optional", "exclusiveMinimum")


def test_what_a_type_checks_is_listed_by_itself() -> None:
    """A type that looks at an answer says what it looks at, or is named as one that looks."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Even(OneInput):
        def check(self, field: Field, answer: Any, today: date) -> Iterable[FieldProblem]:
            if len(answer) % 2:
                yield FieldProblem("errors.pattern")

    silent = Even(name="even", control="text", doc={"ja": "偶数文字の文字列", "en": "A text of even length"})
    plain = procedure("a: {type: text, title: {ja: 甲, en: A}}")
    telling = replace(silent, rule={"en": "even"})
    for type, says in ((silent, "“A” is right as: A text of even length"), (telling, "even")):
        one = replace(plain.fields["a"], type=type)
        found = replace(plain, steps=(replace(plain.steps[0], fields=(one,)),))
        (rule,) = submission_schema(found)["x-tetsuzuki-rules"]
        assert (rule["path"], rule["type"], rule["says"]["en"]) == (["a"], "even", says)
    found = replace(plain, steps=(replace(plain.steps[0], fields=(replace(one, type=replace(silent, rule={})),)),))
    assert submission_schema(found)["x-tetsuzuki-rules"] == []


def test_every_type_that_checks_more_than_its_schema_says_so_in_both_languages() -> None:
    checks = {name: getattr(type.__class__, "check", None) for name, type in all_types().items()}
    checking = {name for name, check in checks.items() if check is not OneInput.check}
    assert {"date", "email", "corporate_number", "my_number"} <= checking
    for name in checking:
        declared = all_types()[name].rule
        assert declared is not None, f"{name}: declare `rule`: what `check` asks beyond `expand` and `checked`"
        assert declared.keys() in ({"ja", "en"}, set())


def test_a_reference_inside_a_field_still_leads_there() -> None:
    found = procedure("code: {type: string, title: 番号, allOf: [{$ref: '#/$defs/d'}], $defs: {d: {maxLength: 3}}}")
    schema = Draft202012Validator(submission_schema(found))
    assert schema.is_valid({"code": "123"})
    assert not schema.is_valid({"code": "1234"})
    assert [failure.key for failure in check_submission(found, {"code": "1234"}, TODAY)] == ["errors.max_length"]


def test_notes_are_not_part_of_it() -> None:
    assert "f_note" not in SCHEMA.schema["properties"]
    assert field("note").type.parts(field("note")) == ()
