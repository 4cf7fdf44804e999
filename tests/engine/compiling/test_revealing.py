"""What an option reveals is a field like any other: after its choice, on condition of that option."""

from datetime import date

import pytest

from engine.compiling import load_concepts
from engine.validation import check_submission
from tests.engine.language.specs import codes, compiled, first_error, procedure

TODAY = date(2026, 5, 1)
KIND = "kind: {type: choice, title: 種類, options: {a: 甲, other: {title: その他, reveals: {…}}}}"
DETAIL = "detail: {type: text, title: 内容}"


def conditions(*fields: str) -> dict[str, str]:
    """The conditions of the fields, in their order."""
    found = procedure(*fields).fields
    return {id: one.when.source if one.when else "" for id, one in found.items()}


def test_it_stands_right_after_the_choice() -> None:
    assert conditions(KIND.replace("…", DETAIL), "last: {type: text, title: 終わり}") == {
        "kind": "",
        "detail": "kind == 'other'",
        "last": "",
    }


def test_its_own_condition_holds_too() -> None:
    own = "detail: {type: text, title: 内容, when: sure or not sure}"
    assert conditions("sure: {type: boolean, title: 確か}", KIND.replace("…", own))["detail"] == (
        "kind == 'other' and (sure or not sure)"
    )


@pytest.mark.parametrize(
    ("choice", "condition"),
    [
        ("kind: {type: choices, title: 種, options: {a: 甲, b: {title: 乙, reveals: {x: {type: text, title: 内}}}}}",
         "'b' in kind"),
        ("kind: {type: array, title: 種, items: {options: {b: {title: 乙, reveals: {x: {type: text, title: 内}}}}}}",
         "'b' in kind"),
        ("kind: {options: {a: 甲, it's: {title: 乙, reveals: {x: {type: text, title: 内}}}}, title: 種}",
         "kind == \"it's\""),
    ],
)  # fmt: skip
def test_the_condition_fits_the_choice(choice: str, condition: str) -> None:
    assert conditions(choice)["x"] == condition


def test_what_is_revealed_may_reveal_more() -> None:
    inner = "sort: {type: choice, title: 別, options: {p: ピー, q: {title: キュー, reveals: {…}}}}".replace("…", DETAIL)
    assert conditions(KIND.replace("…", inner)) == {"kind": "", "sort": "kind == 'other'", "detail": "sort == 'q'"}


def test_inside_objects_and_lists_it_works_the_same() -> None:
    found = procedure(
        "firm: {type: object, title: 会社, properties: {" + KIND.replace("…", DETAIL) + "}}",
        "rows: {type: array, title: 行, items: {type: object, properties: {" + KIND.replace("…", DETAIL) + "}}}",
    )
    assert [one.id for one in found.fields["firm"].properties] == ["kind", "detail"]
    items = found.fields["rows"].items
    assert items is not None
    assert [one.id for one in items.properties] == ["kind", "detail"]
    right = {"firm": {"kind": "other", "detail": "あ"}, "rows": [{"kind": "a"}]}
    assert check_submission(found, right, TODAY) == ()
    wrong = {"firm": {"kind": "other"}, "rows": [{"kind": "other"}]}
    assert [failure.path for failure in check_submission(found, wrong, TODAY)] == [
        ("firm", "detail"),
        ("rows", 0, "detail"),
    ]


def test_a_concept_may_reveal_fields() -> None:
    source = "applicant.kind: {type: choice, title: 種類, options: {a: 甲, other: {title: 他, reveals: {…}}}}".replace(
        "…", DETAIL
    )
    concepts, problems = load_concepts(source, "concepts.yaml")
    assert problems == ()
    found = procedure("kind: {concept: applicant.kind}", concepts=concepts).fields
    assert found["detail"].when is not None
    assert found["detail"].when.source == "kind == 'other'"


@pytest.mark.parametrize(
    "fields",
    [
        (KIND.replace("…", DETAIL), DETAIL),
        (DETAIL, KIND.replace("…", DETAIL)),
        ("kind: {type: choice, title: 種, options: {a: {title: 甲, reveals: {…}}, b: {title: 乙, reveals: {…}}}}"
         .replace("…", DETAIL),),
    ],
)  # fmt: skip
def test_a_name_that_is_taken_is_refused(fields: tuple[str, ...]) -> None:
    assert "duplicate-field" in codes(compiled(*fields))


def test_mistakes_inside_are_found_at_their_line() -> None:
    found = compiled(KIND.replace("…", "detail: {type: txet, title: 内容}"))
    assert codes(found) == ["unknown-value"]
    assert "reveals.detail.type" in first_error(found)


def test_an_option_that_excludes_others_belongs_to_several() -> None:
    assert codes(compiled("kind: {type: choice, title: 種, options: {a: {title: 甲, exclusive: true}, b: 乙}}")) == [
        "keyword-of-another-type"
    ]
