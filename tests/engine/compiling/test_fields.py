"""From what an author writes to a field of the model: type, schema, limits, options, what stands inside."""

import pytest

from engine.compiling import load_concepts
from engine.model import Field
from tests.engine.language.specs import codes, compiled, first_error, procedure


def field(written: str, *above: str) -> Field:
    found = procedure(*above, f"it: {{{written}, title: 問い}}")
    return found.fields["it"]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("type: text", "text"),
        ("type: string", "text"),
        ("type: string, format: date", "date"),
        ("type: string, format: email", "email"),
        ("type: string, format: long_text", "long_text"),
        ("type: string, format: uri", "text"),
        ("type: string, enum: [a, b]", "choice"),
        ("type: string, oneOf: [{const: a, title: A}]", "choice"),
        ("type: string, anyOf: [{const: a}, {const: b}]", "choice"),
        ("type: string, oneOf: [{minLength: 2}]", "text"),
        ("type: string, options: {a: 甲}", "choice"),
        ("type: integer, enum: [1, 2]", "choice"),
        ("enum: [a, b]", "choice"),
        ("enum: [1, 2]", "choice"),
        ("minLength: 3", "text"),
        ("pattern: '[a-z]'", "text"),
        ("minimum: 3", "number"),
        ("type: integer", "integer"),
        ("type: number", "number"),
        ("type: boolean", "boolean"),
        ('type: [string, "null"]', "text"),
        ("type: [integer, string]", "text"),
        ("properties: {a: {type: text, title: 甲}}", "object"),
        ("items: {type: text}", "array"),
        ("type: array, items: {enum: [a, b]}", "choices"),
        ("type: array, items: {type: string, options: {a: 甲}}", "choices"),
        ("type: array, items: {type: string}", "array"),
        ("type: choices, options: {a: 甲}", "choices"),
    ],
)
def test_the_type_that_asks_it(written: str, kind: str) -> None:
    assert field(written).type.name == kind


def test_standard_keywords_pass_through() -> None:
    found = field("type: string, minLength: 2, not: {const: root}, examples: [hana], $comment: 注")
    assert found.schema == {
        "type": "string",
        "minLength": 2,
        "not": {"const": "root"},
        "examples": ["hana"],
        "$comment": "注",
    }


def test_nothing_of_ours_is_in_the_schema() -> None:
    found = field("type: string, hint: 注, error: 直してください, searchable: true, law: 見本法, optional: true")
    assert set(found.schema) == {"type"}
    assert (found.hint and found.hint.ja, found.error and found.error.ja) == ("注", "直してください")
    assert (found.searchable, found.law, found.optional) == (True, "見本法", True)


def test_a_description_is_a_hint_where_there_is_none() -> None:
    hint = field("type: string, description: 注").hint
    assert hint is not None
    assert hint.ja == "注"


def test_settings_are_what_only_the_type_knows() -> None:
    found = field("type: file, accept: [image/*], maxFiles: 3")
    assert found.settings == {"accept": ["image/*"], "maxFiles": 3}
    assert "accept" not in found.schema


def test_options_in_the_order_of_the_author() -> None:
    found = field("type: choice, options: {b: 乙, a: {ja: 甲, en: A}}")
    assert [(option.value, option.title.say("en")) for option in found.options] == [("b", "乙"), ("a", "A")]
    assert found.schema["enum"] == ["b", "a"]


def test_options_of_the_standard() -> None:
    found = field("oneOf: [{const: a, title: 甲, description: 注}, {const: b}]")
    assert [(option.value, option.title.ja, option.hint and option.hint.ja) for option in found.options] == [
        ("a", "甲", "注"),
        ("b", "b", None),
    ]


def test_numbers_stay_numbers_in_options() -> None:
    assert [option.value for option in field("type: choice, options: [2025, 2026]").options] == [2025, 2026]
    assert [option.value for option in field("enum: [2025, '2026']").options] == [2025, "2026"]


def test_an_option_may_have_a_condition() -> None:
    found = field("type: choice, options: {a: {title: 甲, when: age > 3}, b: 乙}", "age: {type: integer, title: 年齢}")
    when = found.options[0].when
    assert when is not None
    assert when.source == "age > 3"
    assert found.options[1].when is None


def test_limits_are_numbers_days_or_expressions() -> None:
    assert field("type: integer, minimum: 3").schema["minimum"] == 3
    assert field("type: date, minimum: 1990-01-01").settings["minimum"] == "1990-01-01"
    limit = field("type: date, maximum: 'add_days(today, 3)'").limits["maximum"]
    assert limit.source == "add_days(today, 3)"
    assert codes(compiled("it: {type: integer, title: 数, minimum: 1990-01-01}")) == ["bad-keyword-value"]
    assert codes(compiled("it: {type: date, title: 日, minimum: 1990-02-30}")) == ["bad-date"]
    assert codes(compiled("it: {type: integer, title: 数, minimum: today}")) == ["wrong-result"]


def test_optional_by_condition() -> None:
    found = field("type: text, optional: age > 3", "age: {type: integer, title: 年齢}")
    assert not isinstance(found.optional, bool)
    assert found.optional.source == "age > 3"
    assert field("type: text").optional is False


def test_a_required_list_decides() -> None:
    found = field("type: object, required: [a], properties: {a: {type: text, title: 甲}, b: {type: text, title: 乙}}")
    assert [(one.id, one.optional) for one in found.properties] == [("a", False), ("b", True)]
    assert "required" not in found.schema


def test_without_a_required_list_everything_must_be_answered() -> None:
    found = field("type: object, properties: {a: {type: text, title: 甲}}")
    assert found.properties[0].optional is False


def test_paths_lead_through_lists_and_objects() -> None:
    found = field(
        "type: array, items: {type: object, properties: {a: {type: object, title: 甲, "
        "properties: {b: {type: text, title: 乙}}}}}"
    )
    assert found.is_list
    assert found.items is not None
    assert found.items.title.ja == "問い"
    inner = found.items.properties[0]
    assert (inner.path, inner.properties[0].path) == ("it.a", "it.a.b")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("type: text, rows: 3", "keyword-of-another-type"),
        ("type: text, options: {a: 甲}", "keyword-of-another-type"),
        ("type: person_name, properties: {a: {type: text, title: 甲}}", "keyword-of-another-type"),
        ("type: text, items: {type: text}", "keyword-of-another-type"),
        ("type: address, prefecture: 江戸", "bad-keyword-value"),
        ("type: file, accept: photo", "bad-keyword-value"),
        ("type: choice", "no-options"),
        ("type: choices", "no-options"),
        ("type: object", "nothing-inside"),
        ("type: object, properties: {}", "nothing-inside"),
        ("type: array", "nothing-inside"),
        ("type: array, items: true", "nothing-inside"),
        ("type: 'null'", "no-type"),
        ("hint: 注", "no-type"),
        ("type: 3", "wrong-type"),
        ("type: [string, text]", "unknown-value"),
        ("type: choice, options: {}", "empty"),
        ("type: choice, options: red", "wrong-type"),
        ("type: choice, options: [[a]]", "wrong-type"),
        ("type: choice, options: {a: {hint: 注}}", "missing-key"),
        ("type: object, properties: {a: true}", "wrong-type"),
        ("type: object, properties: {a: {type: text, title: 甲}}, required: [b]", "required-not-asked"),
    ],
)
def test_what_is_wrong_with_a_field(written: str, code: str) -> None:
    assert code in codes(compiled(f"it: {{{written}, title: 問い}}"))


CONCEPTS = """\
applicant.age:
  type: integer
  title: {ja: 年齢, en: Age}
  minimum: 0
  privacy: contact
  law: 見本法第2条
  autocomplete: bday
applicant.kind: {type: choice, title: 種別, options: {a: 甲, b: 乙}}
"""


def test_a_concept_gives_what_the_field_does_not_say() -> None:
    concepts, problems = load_concepts(CONCEPTS, "concepts.yaml")
    assert problems == ()
    found = procedure("age: {concept: applicant.age, title: 飼い主の年齢, maximum: 120}", concepts=concepts).fields[
        "age"
    ]
    assert (found.concept, found.type.name, found.title.ja) == ("applicant.age", "integer", "飼い主の年齢")
    assert found.schema == {"type": "integer", "minimum": 0, "maximum": 120}
    assert (found.privacy, found.law, found.autocomplete) == ("contact", "見本法第2条", "bday")


def test_options_can_come_from_a_concept_and_are_compared() -> None:
    concepts, _ = load_concepts(CONCEPTS, "concepts.yaml")
    found = compiled(
        "kind: {concept: applicant.kind}", "it: {type: text, title: 甲, when: kind == 'c'}", concepts=concepts
    )
    assert codes(found) == ["unknown-option"]


def test_an_unknown_concept_is_told_once_with_what_was_meant() -> None:
    concepts, _ = load_concepts(CONCEPTS, "concepts.yaml")
    found = compiled("age: {concept: applicant.aeg}", "it: {type: text, title: 甲, when: age > 3}", concepts=concepts)
    assert "unknown-concept" in codes(found)
    assert "applicant.age" in first_error(found)


def test_a_concept_that_is_wrong_is_told_in_its_own_file() -> None:
    concepts, problems = load_concepts(
        "a.b: {tpye: text}\nc.d: {type: text, title: 丁, privacy: secret}\nE: {}", "c.yaml"
    )
    assert [(problem.file, problem.line, problem.code) for problem in problems] == [
        ("c.yaml", 1, "unknown-key"),
        ("c.yaml", 2, "unknown-value"),
        ("c.yaml", 3, "bad-name"),
    ]
    assert set(concepts.parts) == {"a.b", "c.d"}


def test_no_concepts_at_all() -> None:
    assert load_concepts("", "c.yaml")[1] == ()
    assert load_concepts("- a", "c.yaml")[1][0].code == "yaml-not-a-mapping"
