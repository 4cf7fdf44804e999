"""What answers say about concepts, what of them may be given again, and what must be asked anew."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling import compile_procedure, load_concepts
from engine.journey import walk
from engine.model import Procedure
from engine.reuse import (
    acceptable,
    at,
    by_concept,
    field_at,
    given_again,
    leaf_at,
    leaves,
    own_leaves,
    put,
    single_answers,
    without,
)

TODAY = date(2026, 5, 1)
CONCEPTS = """\
me.phone: {type: phone, title: 電話, reuse: profile}
me.home: {type: address, title: 住所, reuse: profile, privacy: contact}
me.sex: {type: text, title: 性別, privacy: sensitive}
thing.colour: {type: text, title: 色}
firm.whole: {type: object, title: 会社, properties: {phone: {concept: me.phone}, colour: {concept: thing.colour}}}
"""
SPEC = """\
id: sample
version: 2026-04-01
title: 見本
bureau: sample
retention: {years: 1}
steps:
  one:
    title: 一
    fields:
      phone: {concept: me.phone}
      home: {concept: me.home, prefecture: 東京都}
      sex: {concept: me.sex}
      firm: {concept: firm.whole, optional: true}
      other: {concept: me.phone, optional: true, when: sex == 'x'}
      day: {type: date, title: 日, minimum: today}
      seen: {type: date, title: 見た日, reuse: never}
      people:
        type: array
        title: 人
        items:
          type: object
          properties:
            phone: {concept: me.phone}
            paper: {type: file, title: 書類}
            agreed: {type: declaration, title: 同意}
      agreed: {type: declaration, title: 同意}
      proof: {type: file, title: 証明}
"""
HOME = {"postcode": "1630001", "prefecture": "東京都", "city": "新宿区", "street": "西新宿2-8-1", "building": ""}


def compiled(spec: str = SPEC) -> Procedure:
    concepts, problems = load_concepts(CONCEPTS, "concepts.yaml")
    assert not problems
    found = compile_procedure(spec, "spec.yaml", concepts, checked=False)
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


PROCEDURE = compiled()
ANSWERS: dict[str, Any] = {
    "phone": "0353211111",
    "home": HOME,
    "sex": "x",
    "firm": {"phone": "0312345678", "colour": "青"},
    "other": "0312340000",
    "day": "2026-06-01",
    "seen": "2026-04-01",
    "people": [{"phone": "0311111111", "paper": ["p1"], "agreed": True}, {"phone": "0322222222"}],
    "agreed": True,
    "proof": ["p2"],
}


def test_questions_with_a_single_value_are_found_inside_objects_and_not_in_lists() -> None:
    places = [leaf.place for leaf in leaves(PROCEDURE.fields.values())]
    assert ("firm", "phone") in places
    assert ("firm",) not in places
    assert not any(place[0] in {"people", "proof"} for place in places)


def test_only_concepts_of_the_person_are_the_same_everywhere() -> None:
    places = [leaf.place for leaf in own_leaves(PROCEDURE.fields.values())]
    assert places == [("phone",), ("home",), ("firm", "phone"), ("other",)]


def test_of_several_questions_of_one_concept_the_first_on_the_path_counts() -> None:
    said = by_concept(walk(PROCEDURE, ANSWERS, TODAY))
    assert {concept: answer for concept, (_, answer) in said.items()} == {"me.phone": "0353211111", "me.home": HOME}
    without_first = {key: value for key, value in ANSWERS.items() if key != "phone"}
    assert by_concept(walk(PROCEDURE, without_first, TODAY))["me.phone"][0].place == ("firm", "phone")
    hidden = {"other": "0312340000", "sex": "y"}
    assert by_concept(walk(PROCEDURE, hidden, TODAY)) == {}


@pytest.mark.parametrize(
    ("place", "answer", "fits"),
    [
        (("phone",), "0353211111", True),
        (("phone",), "12", False),
        (("home",), HOME, True),
        (("home",), {**HOME, "prefecture": "大阪府"}, False),
        (("home",), {"postcode": "1630001"}, False),
        (("firm", "phone"), "0353211111", True),
        (("firm", "phone"), "abc", False),
        (("other",), "0353211111", True),
    ],
)
def test_only_what_a_question_accepts_is_offered(place: tuple[str, ...], answer: Any, *, fits: bool) -> None:
    assert (place in acceptable(PROCEDURE, {}, {place: answer}, TODAY)) is fits


def test_one_wrong_offer_leaves_the_others() -> None:
    offered = {("phone",): "x", ("home",): HOME, ("firm", "phone"): "0353211111"}
    assert list(acceptable(PROCEDURE, {}, offered, TODAY)) == [("home",), ("firm", "phone")]


def test_what_is_of_the_moment_is_asked_anew() -> None:
    again = given_again(PROCEDURE, ANSWERS, TODAY)
    assert again == {
        "phone": "0353211111",
        "home": HOME,
        "firm": {"phone": "0312345678", "colour": "青"},
        "other": "0312340000",
        "day": "2026-06-01",
        "people": [{"phone": "0311111111"}, {"phone": "0322222222"}],
    }


@pytest.mark.parametrize(
    ("id", "answer"),
    [("day", "2026-04-30"), ("phone", "12"), ("home", {**HOME, "prefecture": "大阪府"})],
)
def test_what_is_not_accepted_today_is_asked_anew(id: str, answer: Any) -> None:
    again = given_again(PROCEDURE, {**ANSWERS, id: answer}, TODAY)
    assert id not in again
    assert len(again) == 5


def test_a_wrong_part_of_an_item_leaves_the_rest_of_the_list_in_its_place() -> None:
    people = [{"phone": "1"}, {"phone": "0322222222"}]
    assert given_again(PROCEDURE, {"people": people}, TODAY) == {"people": [{}, {"phone": "0322222222"}]}


def test_answers_are_found_with_their_places_in_lists_too() -> None:
    found = dict(single_answers(PROCEDURE.fields.values(), ANSWERS))
    assert found["people", 1, "phone"] == "0322222222"
    assert found["firm", "colour"] == "青"
    assert found["home",] == HOME


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("home", "postcode"), ("home",)),
        (("people", 0, "phone"), ("people", 0, "phone")),
        (("people",), None),
        (("firm",), None),
        (("firm", "phone"), ("firm", "phone")),
        (("nothing",), None),
    ],
)
def test_the_question_of_a_failure(path: tuple[str | int, ...], place: tuple[str | int, ...] | None) -> None:
    found = leaf_at(PROCEDURE, path)
    assert (found and found.place) == place


@pytest.mark.parametrize(
    ("path", "title"), [("people.paper", "書類"), ("firm.phone", "電話"), ("people", "人"), ("gone", None)]
)
def test_a_field_by_its_path(path: str, title: str | None) -> None:
    found = field_at(PROCEDURE, path)
    assert (found and found.title.ja) == title


ANY = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=8,
)
WHOLE = st.dictionaries(st.sampled_from("abc"), ANY, max_size=3)


@given(
    answers=st.dictionaries(st.sampled_from("abc"), ANY, max_size=3),
    place=st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
)
def test_what_is_put_in_is_found_there_and_taken_away_again(answers: dict[str, Any], place: list[str]) -> None:
    whole = put(answers, tuple(place), "new")
    assert at(whole, tuple(place)) == "new"
    assert at(without(whole, tuple(place)), tuple(place)) is None
    others = {key: value for key, value in answers.items() if key != place[0]}
    assert {key: value for key, value in whole.items() if key != place[0]} == others


@given(
    place=st.lists(st.sampled_from("abc") | st.integers(0, 3), max_size=4),
    answers=st.dictionaries(st.sampled_from("abc"), ANY, max_size=3),
)
def test_taking_away_changes_nothing_else(place: list[str | int], answers: dict[str, Any]) -> None:
    before = repr(answers)
    left = without(answers, tuple(place))
    assert repr(answers) == before
    if place and at(answers, tuple(place)) is None:
        assert left == answers
