"""A submission is found by what its procedure marks as searchable, from the beginning of each word, and by no more."""

from pathlib import Path

import pytest

from engine.compiling import compile_procedure, load_concepts
from engine.model import Procedure
from engine.searching.terms import MOST, terms, terms_of
from engine.searching.usual import by_default

ROOT = Path(__file__).parents[3]
SPEC = ROOT / "tests" / "specs" / "features" / "searched-by-staff.yaml"
USUAL = {
    "{type: person_name, title: {ja: 氏名, en: Name}, searchable: true}": "{concept: applicant.name}",
    "{type: phone, title: {ja: 電話番号, en: Phone}}": "{concept: applicant.phone, searchable: false}",
}
"""The same by concepts: a name is searchable by itself, a telephone number unless the author says no."""


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    concepts, _ = load_concepts((ROOT / "procedure_specs" / "concepts.yaml").read_text(), "concepts.yaml")
    source = SPEC.read_text()
    for written, instead in USUAL.items():
        assert written in source
        source = source.replace(written, instead)
    found = compile_procedure(source, SPEC.name, concepts).procedure
    assert found is not None
    return found


def test_what_is_marked_is_found_and_nothing_else(procedure: Procedure) -> None:
    answers = procedure.scenarios[0].answers
    found = {(one.kind, one.term) for one in terms(procedure, answers)}
    assert found == {
        ("name", "高橋花子"),
        ("name", "花子"),
        ("name", "タカハシハナコ"),
        ("name", "ハナコ"),
        ("event", "夏ノ花火マツリ"),
        ("event", "花火マツリ"),
        ("sites.park", "代々木公園"),
    }


def test_a_long_list_is_found_by_its_first_items(procedure: Procedure) -> None:
    found = terms(procedure, {"sites": [{"park": f"公園{number}"} for number in range(1000)]})
    assert len(found) == MOST
    assert found[0].term == "公園0"


@pytest.mark.parametrize("answers", [{}, {"sites": None}, {"sites": "x", "event": "・・・"}, {"sites": [None, 3]}])
def test_answers_that_say_nothing_are_found_by_nothing(procedure: Procedure, answers: dict) -> None:
    assert terms(procedure, answers) == []


def test_a_text_is_found_from_each_of_its_words() -> None:
    assert terms_of("a b  c") == ["abc", "bc", "c"]
    assert len(terms_of("x " * 3 + "y " * 100)) <= 8


@pytest.mark.parametrize(
    ("concept", "usual"),
    [("applicant.name", True), ("business.kana", True), ("applicant.daytime_phone", True), ("contact.phone", True),
     ("applicant.birth", False), ("applicant.my_number", False), ("applicant.fax", False), (None, False)],
)  # fmt: skip
def test_names_readings_and_numbers_are_found_by_themselves(concept: str | None, usual: bool) -> None:
    assert by_default(concept) is usual
