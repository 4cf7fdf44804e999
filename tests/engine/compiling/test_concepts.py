"""The dictionary of concepts: each can be asked as it stands, is worded in full, and may be made of others."""

from itertools import pairwise

import pytest

from engine.compiling import Concepts, compile_procedure, load_concepts
from engine.model import Field, Procedure
from tests.engine.language.specs import CONCEPTS, codes, compiled, procedure, spec

FOUND, PROBLEMS = load_concepts(CONCEPTS.read_bytes(), "concepts.yaml")
MADE_OF_OTHERS = """\
person.name: {type: person_name, title: 氏名, privacy: identifying}
firm.officer: {type: object, title: 役員, properties: {name: {concept: person.name}, since: {type: date, title: 就任}}}
firm.officers: {type: array, title: 役員, items: {concept: firm.officer}}
other.thing: {type: text, title: 他}
"""
# What the three first procedures rest on: their digests cover it, so it stays as it was published. Where answers are
# offered again no digest covers.
FIRST = {
    "applicant.name": {"type": "person_name", "privacy": "identifying", "autocomplete": "name"},
    "applicant.birth": {"type": "date", "privacy": "identifying", "autocomplete": "bday"},
    "applicant.address": {"type": "address", "privacy": "contact", "autocomplete": "street-address"},
    "applicant.phone": {"type": "phone", "privacy": "contact", "autocomplete": "tel"},
    "applicant.email": {"type": "email", "privacy": "contact", "autocomplete": "email"},
    "holder.name": {"type": "person_name", "privacy": "identifying"},
    "holder.address": {"type": "address", "privacy": "contact"},
    "dog.microchip": {"type": "string", "pattern": "[0-9]{15}", "privacy": "none"},
}
OWN = ("applicant.", "business.")


def every_field(field: Field) -> list[Field]:
    """A field with those inside it."""
    inner = [*field.properties, *([field.items] if field.items else [])]
    return [field, *(deeper for one in inner for deeper in every_field(one))]


def loaded(source: str) -> Concepts:
    concepts, problems = load_concepts(source, "concepts.yaml")
    assert problems == ()
    return concepts


def test_the_dictionary_has_no_mistake_and_covers_what_procedures_ask_about() -> None:
    assert [problem.render("en") for problem in PROBLEMS] == []
    areas = {name.split(".")[0] for name in FOUND.parts}
    assert areas >= {
        *("applicant", "person", "contact", "business", "application", "mandate"),
        *("household", "property", "building", "vehicle", "refund"),
    }


@pytest.mark.parametrize("name", FOUND.parts)
def test_every_concept_can_be_asked(name: str) -> None:
    more = ", law: 番号法別表" if name.endswith("my_number") else ""
    field = procedure(f"asked: {{concept: {name}{more}}}", concepts=FOUND).fields["asked"]
    assert field.concept == name
    for one in every_field(field):
        assert one.title.ja
        assert one.title.others.keys() >= {"en", "easy"}, one.path
    assert field.privacy in {"none", "contact", "identifying", "financial", "sensitive", "my_number"}


@pytest.mark.parametrize("name", FOUND.parts)
def test_only_what_is_the_applicants_own_fills_itself_in(name: str) -> None:
    assert name.startswith(OWN) or "autocomplete" not in FOUND.plain[name]


@pytest.mark.parametrize("name", FIRST)
def test_the_first_concepts_stay_as_they_were(name: str) -> None:
    assert {key: value for key, value in FOUND.plain[name].items() if key not in {"title", "reuse"}} == FIRST[name]


def test_an_individual_number_still_needs_the_law_of_each_procedure() -> None:
    assert codes(compiled("asked: {concept: person.my_number}", concepts=FOUND)) == ["number-without-law"]


def test_a_concept_is_made_of_others() -> None:
    concepts = loaded(MADE_OF_OTHERS)
    listed = procedure("officers: {concept: firm.officers}", concepts=concepts).fields["officers"]
    assert listed.items is not None
    name, since = listed.items.properties
    assert (name.concept, name.type.name, name.privacy) == ("person.name", "person_name", "identifying")
    assert name.path == "officers.name"
    assert since.concept is None
    assert listed.items.concept == "firm.officer"


def test_the_digest_covers_what_a_concept_is_made_of_and_nothing_else() -> None:
    def digest(source: str) -> str:
        found = compile_procedure(spec("officers: {concept: firm.officers}"), "spec.yaml", loaded(source)).procedure
        assert found is not None
        return found.digest

    same = MADE_OF_OTHERS.replace("title: 他", "title: 別")
    deeper = MADE_OF_OTHERS.replace("title: 氏名", "title: お名前")
    between = MADE_OF_OTHERS.replace("title: 就任", "title: 就任日")
    assert digest(same) == digest(MADE_OF_OTHERS)
    assert len({digest(MADE_OF_OTHERS), digest(deeper), digest(between)}) == 3


def test_the_digest_leaves_out_where_answers_are_offered_again() -> None:
    def compiled_with(source: str) -> Procedure:
        found = compile_procedure(spec("name: {concept: a.name}"), "spec.yaml", loaded(source)).procedure
        assert found is not None
        return found

    before = compiled_with("a.name: {type: text, title: 名}")
    after = compiled_with("a.name: {type: text, title: 名, reuse: profile}")
    assert before.digest == after.digest
    assert (before.fields["name"].reuse, after.fields["name"].reuse) == ("application", "profile")


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_concept_that_contains_itself_is_refused_and_so_is_what_uses_it(length: int) -> None:
    names = [f"a.n{number}" for number in range(length)]
    lines = [
        f"{name}: {{type: object, title: 甲, properties: {{x: {{concept: {other}}}}}}}"
        for name, other in [*pairwise(names), (names[-1], names[0])]
    ]
    inner = "{type: object, title: 中, properties: {y: {concept: a.n0}}}"
    user = f"b.user: {{type: object, title: 乙, properties: {{x: {inner}}}}}"
    concepts, problems = load_concepts("\n".join([*lines, user, "c.free: {type: text, title: 丙}"]), "concepts.yaml")
    assert [problem.code for problem in problems] == ["concept-circle"] * length
    assert [problem.line for problem in problems] == list(range(1, length + 1))
    assert set(concepts.parts) == {"c.free"}


def test_a_name_that_is_no_concept_is_told_at_its_place_in_the_dictionary() -> None:
    _, problems = load_concepts(
        "a.b: {type: object, title: 甲, properties: {x: {concept: a.c}}}\na.d: {type: text, title: 丁}", "concepts.yaml"
    )
    assert [(problem.code, problem.line, problem.path) for problem in problems] == [
        ("unknown-concept", 1, "a.b.properties.x.concept")
    ]
