"""One of several forms, as JSON Schema writes them: what is asked of whom, and that answers are as a form says."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Field
from engine.validation import check_submission
from engine.validation.dialect import Validator
from tests.engine.language.specs import codes, compiled, procedure

DAY = date(2026, 5, 1)
NAME = "name: {type: string, title: 氏名, minLength: 1}"
PHONE = "phone: {type: string, title: 電話, minLength: 3}"
FIRM = "firm: {type: string, title: 会社名, minLength: 1}"
PERSON = f"{{title: 個人, required: [kind, name], properties: {{kind: {{const: person}}, {NAME}, {PHONE}}}}}"
COMPANY = f"{{title: 会社, required: [kind, firm, phone], properties: {{kind: {{const: company}}, {FIRM}, {PHONE}}}}}"
FORMS = f"q: {{title: 申請者, oneOf: [{PERSON}, {COMPANY}]}}"
SCHEMA = {
    "oneOf": [
        {
            "required": ["kind", "name"],
            "properties": {"kind": {"const": "person"}, "name": {"minLength": 1}, "phone": {"minLength": 3}},
            "additionalProperties": False,
        },
        {
            "required": ["kind", "firm", "phone"],
            "properties": {"kind": {"const": "company"}, "firm": {"minLength": 1}, "phone": {"minLength": 3}},
            "additionalProperties": False,
        },
    ]
}
answers = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["person", "company", "club"]),
        "name": st.sampled_from(["", "花子"]),
        "firm": st.sampled_from(["", "見本社"]),
        "phone": st.sampled_from(["03", "0353211111"]),
    },
)


def asked(*fields: str) -> dict[str, Field]:
    """The questions inside the object, by id."""
    return {one.id: one for one in procedure(*fields).fields["q"].properties}


def wrong(answer: dict[str, Any]) -> set[str]:
    """The places inside the object that are refused."""
    found = check_submission(procedure(FORMS), {"q": answer}, DAY)
    return {".".join(map(str, failure.path[1:])) for failure in found}


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("type_", ["", "type: object, "])
def test_the_form_is_chosen_and_each_asks_its_own(keyword: str, type_: str) -> None:
    inner = asked(FORMS.replace("oneOf", keyword).replace("{title: 申請者", f"{{{type_}title: 申請者"))
    assert list(inner) == ["kind", "name", "phone", "firm"]
    assert inner["kind"].type.name == "choice"
    assert [(option.value, option.title.ja) for option in inner["kind"].options] == [
        ("person", "個人"),
        ("company", "会社"),
    ]
    sources = {id: one.when.source if one.when else None for id, one in inner.items()}
    assert sources == {"kind": None, "name": "kind == 'person'", "phone": None, "firm": "kind == 'company'"}


def test_what_a_form_does_not_require_is_optional_there_alone() -> None:
    assert wrong({"kind": "person", "name": "花子"}) == set()
    assert wrong({"kind": "company", "firm": "見本社"}) == {"phone"}


def test_without_a_list_of_what_is_required_everything_is() -> None:
    inner = asked(
        f"q: {{title: 甲, oneOf: [{{properties: {{k: {{const: a}}, {NAME}}}}}, {{properties: {{k: {{const: b}}}}}}]}}"
    )
    assert inner["name"].optional is False
    assert inner["k"].title.ja == "甲"


@given(answers)
def test_what_is_asked_and_the_standard_agree(answer: dict[str, Any]) -> None:
    """But for answers of another form, which leave the path instead of being refused."""
    kept = {
        "person": {name: one for name, one in answer.items() if name != "firm"},
        "company": {name: one for name, one in answer.items() if name != "name"},
    }.get(answer.get("kind", ""), answer)
    assert (wrong(answer) == set()) == Validator(SCHEMA).is_valid(kept)


def test_the_mistake_is_told_where_it_is_and_not_twice() -> None:
    assert wrong({"kind": "company", "firm": "", "phone": "0353211111"}) == {"firm"}
    assert wrong({}) == {"kind", "phone"}


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        (f"{{properties: {{{NAME}}}}}, {{properties: {{{FIRM}}}}}", "forms-not-told-apart"),
        ("{properties: {k: {const: 1}}}, {properties: {k: {const: 2}}}", "forms-not-told-apart"),
        ("{properties: {k: {const: a}}}, {properties: {k: {type: string}}}", "forms-not-told-apart"),
        (
            f"{{properties: {{k: {{const: a}}, {NAME}}}}}, {{properties: {{k: {{const: b}}, name: {{title: 乙}}}}}}",
            "forms-ask-differently",
        ),
        ("{properties: {k: {const: a}, n: {type: integer}}}, {properties: {k: {const: b}}}", "no-title"),
    ],
)
def test_forms_that_cannot_be_asked_are_refused(forms: str, code: str) -> None:
    assert codes(compiled(f"q: {{title: 甲, oneOf: [{forms}]}}")) == [code]


def test_forms_beside_properties_stay_a_matter_of_the_schema() -> None:
    inner = asked(
        "q: {title: 甲, properties: {a: {type: string, title: 乙}}, anyOf: [{properties: {a: {minLength: 2}}}]}"
    )
    assert list(inner) == ["a"]
