"""The whole: what is filled in where an author says nothing, and what the digest stands for."""

from datetime import date

import pytest

from engine.compiling import Concepts, compile_procedure, load_concepts
from tests.engine.language.specs import CONCEPTS, FRONT, RATES, REAL, SPECS, compiled, procedure, spec

NAME = "name: {type: text, title: {ja: 名前, en: Name}}"


def digest(source: str, concepts: Concepts | None = None) -> str:
    found = compile_procedure(source, "spec.yaml", concepts or Concepts.empty()).procedure
    assert found is not None
    return found.digest


def test_what_is_filled_in() -> None:
    found = procedure(NAME)
    assert found.audience == ("resident",)
    assert (found.sign_in.required, found.sign_in.assurance) == (True, "basic")
    assert (found.draft_days, found.retention_years) == (30, 1)
    assert (found.fees, found.review, found.certificates, found.scenarios) == (None, None, (), ())
    assert found.version == date(2026, 4, 1)


def test_fees_are_counted_once_and_due_in_a_week_where_nothing_is_said() -> None:
    line = "{title: 料, law: 見本条例, account: '1', yen: [{from: 2020-01-01, amount: 5}]}"
    found = procedure(NAME, more=f"fees: {{due: submission, lines: {{a: {line}}}}}\n")
    assert found.fees is not None
    assert [expression.source for _, expression in found.fees.lines[0].price.expressions()] == ["1"]
    assert found.fees.pay_by.source == "add_days(today, 7)"


def test_ready_messages_stand_in_the_order_of_the_author() -> None:
    source = (SPECS / "features" / "ready-messages.yaml").read_text(encoding="utf-8")
    found = compile_procedure(source, "ready-messages.yaml", Concepts.empty()).procedure
    assert found is not None
    assert found.review is not None
    photo, received = found.review.messages
    assert (photo.id, received.id) == ("photo", "received")
    assert photo.title.say("en") == "The photo is too dark"
    assert received.text.say("ja") == "書類が届きました。ありがとうございました。"


def test_clerk_fields_know_their_stage() -> None:
    review = (
        "review: {office: a, standard_days: 1, stages: {decide: {title: 決裁, role: approver}}, "
        "refusal_reasons: [{code: R, title: 理由, law: 法}], "
        "clerk_fields: {number: {type: text, title: 番号, stage: decide, when: name == 'x'}}}\n"
    )
    found = procedure(NAME, more=review)
    assert found.review is not None
    assert found.review.clerk_fields[0].settings == {"stage": "decide"}


def test_a_certificate_certifies_by_its_title_where_it_has_no_statement() -> None:
    found = procedure(NAME, more="certificates: {tag: {title: 通知, template: plain, valid: {years: 2}}}\n")
    certificate = found.certificates[0]
    assert (certificate.statement.ja, certificate.valid_years, certificate.sealed) == ("通知", 2, True)


def test_the_model_cannot_be_changed() -> None:
    found = procedure(NAME)
    with pytest.raises(AttributeError):
        found.id = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.fields["name"].schema["type"] = "integer"  # type: ignore[index]


def test_the_digest_is_of_what_is_said_not_how() -> None:
    source = spec(NAME)
    same = "# 覚え書き\n" + source.replace("id: sample", "id:   'sample'").replace("\n", "\r\n")
    assert digest(source) == digest(same)
    assert digest(source) == digest(source.encode().decode())
    assert len(digest(source)) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [("en: Sample", "en: Sampel"), ("2026-04-01", "2026-04-02"), ("name:", "nama:"), ("years: 1", "years: 2")],
)
def test_every_change_of_content_changes_the_digest(old: str, new: str) -> None:
    assert digest(spec(NAME)) != digest(spec(NAME).replace(old, new))


def test_the_order_of_fields_counts() -> None:
    assert digest(spec(NAME, "age: {type: integer, title: 年}")) != digest(
        spec("age: {type: integer, title: 年}", NAME)
    )


def test_only_concepts_that_are_used_count() -> None:
    source = spec("name: {concept: a.b}")
    one, _ = load_concepts("a.b: {type: text, title: 甲}\n", "c")
    more, _ = load_concepts("a.b: {type: text, title: 甲}\nc.d: {type: text, title: 乙}\n", "c")
    other, _ = load_concepts("a.b: {type: text, title: 丙}\n", "c")
    assert digest(source, one) == digest(source, more)
    assert digest(source, one) != digest(source, other)


def test_compiling_twice_gives_the_same() -> None:
    concepts, _ = load_concepts(CONCEPTS.read_bytes(), "c")
    for path in REAL:
        first, second = (compile_procedure(path.read_bytes(), path.name, concepts, RATES).procedure for _ in range(2))
        assert first is not None
        assert second is not None
        assert first.digest == second.digest
        assert first.fields.keys() == second.fields.keys()


def test_a_warning_does_not_stop() -> None:
    found = compiled("name: {type: text, title: 名前}")
    assert [problem.code for problem in found.problems] == ["missing-language"]
    assert found.procedure is not None


def test_an_error_stops() -> None:
    assert compiled("name: {type: text}").procedure is None
    assert compile_procedure(FRONT, "x.yaml", Concepts.empty()).procedure is None


@pytest.mark.parametrize(
    "source",
    [
        FRONT + "steps: {one: {title: 一, fields: {" + ", ".join(f"f{n}: {{tpe: text}}" for n in range(800)) + "}}}",
        FRONT
        + "steps: {one: {title: 一, fields: {"
        + ", ".join(f"f{n}: {{type: text, title: 甲, when: g{n}}}" for n in range(400))
        + "}}}",
        FRONT + "steps: {one: {title: 一, fields: {a: {type: text, title: 甲, when: " + "not " * 400 + "b}}}}",
        FRONT + "steps: {one: {title: 一, fields: {a: {type: text, title: 甲, when: '" + "(" * 900 + "'}}}}",
        FRONT + "steps: {one: {title: 一, fields: {a: {type: text, title: 甲, when: " + "1+" * 400 + "1 > 2}}}}",
        FRONT + "conditions: {" + ", ".join(f"c{n}: c{n + 1}" for n in range(1500)) + "}\nsteps: {}",
        FRONT
        + "steps: {one: {title: 一, fields: {a: {type: text, title: 甲, allOf: ["
        + "{not: " * 10
        + "{}"
        + "}" * 10
        + "]}}}}",
        FRONT
        + "steps: {one: {title: 一, fields: {a: "
        + "{type: object, title: 甲, properties: {a: " * 7
        + "{type: text, title: 甲}"
        + "}}" * 7
        + "}}}",
        FRONT + "steps: " + "x" * 200_000,
        FRONT.replace("id: sample", "id: " + "a-" * 50_000 + "a"),
        FRONT
        + "steps: {one: {title: 一, fields: {a: {type: string, title: 甲, pattern: '"
        + "(x{1,100}){1,100}" * 50
        + "'}}}}",
    ],
    ids=[
        "unknown keys",
        "unknown names",
        "nots",
        "brackets",
        "sums",
        "chain",
        "schemas",
        "objects",
        "long word",
        "long id",
        "pattern",
    ],
)
def test_hostile_specs_give_problems_and_nothing_else(source: str) -> None:
    found = compile_procedure(source, "x.yaml", Concepts.empty())
    assert found.problems
    assert len(found.problems) <= 101
