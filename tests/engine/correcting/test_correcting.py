"""Only what was marked changes, and what follows from it; everything else stays as it was submitted."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling import compile_procedure
from engine.compiling.concepts import Concepts
from engine.correcting import ABSENT, Place, asked, correct, covered, differences, field_at, outermost, put_at, value_at
from engine.journey import walk
from engine.model import Procedure
from engine.validation import check_submission

DAY = date(2026, 5, 1)
SOURCE = (Path(__file__).parent / "permit.yaml").read_text(encoding="utf-8")


def _permit() -> Procedure:
    compiled = compile_procedure(SOURCE, "permit.yaml", Concepts.empty())
    assert compiled.procedure is not None, [problem.render("en") for problem in compiled.problems]
    return compiled.procedure


PERMIT = _permit()
POCHI = {"call_name": "ポチ", "chipped": True, "chip": "123"}
HACHI = {"call_name": "ハチ", "chipped": False}
PERSON: dict[str, Any] = {"kind": "person", "name": "花子", "most": 2, "dogs": [POCHI, HACHI]}


def follow(marks: list[Place], changes: dict[Place, Any], before: dict[str, Any] = PERSON) -> Any:
    return correct(PERMIT, before, marks, changes, DAY)


class TestWhatMayChange:
    def test_a_marked_answer(self) -> None:
        found = follow([("name",)], {("name",): "花江"})
        assert found.answers == {**PERSON, "name": "花江"}
        assert (found.opened, found.failures) == ((), ())

    @pytest.mark.parametrize(
        ("place", "answer"),
        [(("kind",), "firm"), (("dogs", 0, "call_name"), "タマ"), (("dogs",), []), (("note",), "x"), (("stray",), 1)],
    )
    def test_nothing_that_was_not_marked(self, place: Place, answer: Any) -> None:
        found = follow([("name",)], {("name",): "花江", place: answer})
        assert found.answers == {**PERSON, "name": "花江"}
        assert not found.may_change(place)

    def test_one_question_of_one_item(self) -> None:
        found = follow([("dogs", 0, "chip")], {("dogs", 0, "chip"): "999", ("dogs", 1, "call_name"): "タマ"})
        assert found.answers["dogs"] == [{**POCHI, "chip": "999"}, HACHI]

    def test_a_whole_list(self) -> None:
        found = follow([("dogs",)], {("dogs",): [HACHI]})
        assert found.answers["dogs"] == [HACHI]
        assert found.may_change(("dogs", 3, "chip"))

    def test_a_mark_inside_another_is_part_of_it(self) -> None:
        assert follow([("dogs",), ("dogs", 0, "chip"), ("name",)], {}).marked == (("dogs",), ("name",))


class TestWhatFollows:
    def test_questions_that_a_change_brings_up(self) -> None:
        found = follow([("kind",)], {("kind",): "firm"})
        assert found.opened == (("firm",), ("dogs", 0, "licence"), ("dogs", 1, "licence"))
        assert {failure.path for failure in found.failures} == {
            ("firm",),
            ("dogs", 0, "licence"),
            ("dogs", 1, "licence"),
        }
        changes = {
            ("kind",): "firm",
            ("firm",): {"called": "犬商会"},
            ("dogs", 0, "licence"): "1",
            ("dogs", 1, "licence"): "2",
        }
        done = follow([("kind",)], changes)
        assert done.failures == ()
        assert done.answers["dogs"][1] == {**HACHI, "licence": "2"}

    def test_they_close_again_with_the_change_and_take_nothing_along(self) -> None:
        changes = {("kind",): "person", ("firm",): {"called": "犬商会"}, ("dogs", 0, "licence"): "1"}
        found = follow([("kind",)], changes)
        assert (found.answers, found.opened) == (PERSON, ())

    def test_an_answer_that_leaves_the_path_comes_back_with_it(self) -> None:
        mark = ("dogs", 0, "chipped")
        closed = follow([mark], {mark: False})
        assert closed.answers["dogs"][0] == {"call_name": "ポチ", "chipped": False}
        assert closed.failures == ()
        assert follow([mark], {mark: True}).answers == PERSON

    def test_an_answer_that_no_longer_fits_may_change_too(self) -> None:
        found = follow([("most",)], {("most",): 1})
        assert found.opened == (("dogs",),)
        done = follow([("most",)], {("most",): 1, ("dogs",): [HACHI]})
        assert done.failures == ()
        assert done.answers["dogs"] == [HACHI]
        back = follow([("most",)], {("most",): 2, ("dogs",): [HACHI]})
        assert back.answers == PERSON

    def test_a_mark_that_was_emptied_is_missing(self) -> None:
        found = follow([("name",)], {("name",): ABSENT})
        assert [failure.path for failure in found.failures] == [("name",)]
        assert found.opened == ()


PLACES = [place for place, _ in asked(walk(PERMIT, PERSON, DAY))]
ANSWERS = st.sampled_from(
    ["firm", "person", "", 1, 2, 9, True, False, "123", "x", None, [], [HACHI], [POCHI, POCHI, HACHI], {}, ABSENT]
)
ANYWHERE = st.sampled_from(
    [*PLACES, ("firm",), ("firm", "called"), ("dogs", 0, "licence"), ("dogs", 5, "chip"), ("x",)]
)


@given(st.lists(st.sampled_from(PLACES), max_size=3), st.dictionaries(ANYWHERE, ANSWERS, max_size=6))
def test_what_may_not_change_never_does(marks: list[Place], changes: dict[Place, Any]) -> None:
    found = correct(PERMIT, PERSON, marks, changes, DAY)
    for place, field in asked(found.journey):
        if not found.may_change(place) and not field.properties and field.items is None:
            assert value_at(found.answers, place) == value_at(PERSON, place)
    if not set(marks):
        assert found.answers == PERSON


@given(st.lists(st.sampled_from(PLACES), max_size=3), st.dictionaries(ANYWHERE, ANSWERS, max_size=6))
def test_the_order_of_changes_does_not_matter(marks: list[Place], changes: dict[Place, Any]) -> None:
    backwards = dict(reversed(changes.items()))
    forth, back = correct(PERMIT, PERSON, marks, changes, DAY), correct(PERMIT, PERSON, marks, backwards, DAY)
    assert (forth.answers, set(forth.opened)) == (back.answers, set(back.opened))


@given(st.lists(st.sampled_from(PLACES), max_size=3), st.dictionaries(ANYWHERE, ANSWERS, max_size=6))
def test_without_failures_it_can_be_submitted(marks: list[Place], changes: dict[Place, Any]) -> None:
    found = correct(PERMIT, PERSON, marks, changes, DAY)
    assert bool(found.failures) == bool(check_submission(PERMIT, found.answers, DAY))


class TestDifferences:
    def told(self, after: dict[str, Any]) -> list[tuple[Any, ...]]:
        return [
            (*((step.field.id, step.number) for step in one.trail), one.field.id, one.before, one.after)
            for one in differences(PERMIT, PERSON, after)
        ]

    def test_none(self) -> None:
        assert self.told(PERSON) == []

    def test_plain_answers(self) -> None:
        after = {"kind": "firm", "name": "花子", "firm": {"called": "犬商会"}, "most": 2, "dogs": [POCHI, HACHI]}
        assert self.told(after) == [
            ("kind", "person", "firm"),
            (("firm", None), "called", ABSENT, "犬商会"),
        ]

    def test_an_item_taken_out_is_not_a_change_of_those_after_it(self) -> None:
        assert self.told({**PERSON, "dogs": [HACHI]}) == [
            (("dogs", 1), "call_name", "ポチ", ABSENT),
            (("dogs", 1), "chipped", True, ABSENT),
            (("dogs", 1), "chip", "123", ABSENT),
        ]

    def test_an_item_put_in_and_one_changed(self) -> None:
        tama = {"call_name": "タマ", "chipped": False}
        assert self.told({**PERSON, "dogs": [tama, POCHI, {**HACHI, "call_name": "八"}]}) == [
            (("dogs", 1), "call_name", ABSENT, "タマ"),
            (("dogs", 1), "chipped", ABSENT, False),
            (("dogs", 3), "call_name", "ハチ", "八"),
        ]


@given(st.dictionaries(ANYWHERE, ANSWERS, max_size=4))
def test_there_are_differences_where_answers_differ(changes: dict[Place, Any]) -> None:
    after = correct(PERMIT, PERSON, PLACES, changes, DAY).answers
    assert bool(differences(PERMIT, PERSON, after)) == (_told(after) != _told(PERSON))


def _told(answers: Any) -> Any:
    """Answers as they are told: an empty list or object says as little as none."""
    if isinstance(answers, dict):
        return {key: _told(answer) for key, answer in answers.items() if answer not in ([], {})}
    return [_told(item) for item in answers] if isinstance(answers, list) else answers


class TestPlaces:
    def test_every_question_is_found_at_its_place(self) -> None:
        for place, field in asked(walk(PERMIT, PERSON, DAY)):
            assert field_at(PERMIT, place) is field

    @pytest.mark.parametrize("place", [("x",), ("name", "x"), ("name", 0), ("dogs", 0, "x"), ("dogs", "chip")])
    def test_no_question_at_no_place(self, place: Place) -> None:
        assert field_at(PERMIT, place) is None

    def test_outermost(self) -> None:
        assert outermost([("a", 0), ("a",), ("b", 1, "c"), ("b", 1, "c")]) == (("a",), ("b", 1, "c"))
        assert covered(("a", 0), {("a",)})
        assert not covered(("a",), {("a", 0)})

    @given(st.sampled_from(PLACES), ANSWERS)
    def test_what_is_put_is_there_and_the_rest_as_it_was(self, place: Place, answer: Any) -> None:
        after = put_at(PERSON, place, answer)
        assert value_at(after, place) == answer
        assert put_at(after, place, value_at(PERSON, place)) == PERSON

    @pytest.mark.parametrize("place", [("x", "y"), ("dogs", 9, "chip"), ("dogs", 3), ("name", 0), ("dogs", "chip")])
    def test_where_the_way_breaks_off_nothing_changes(self, place: Place) -> None:
        assert put_at(PERSON, place, "x") == PERSON
        assert value_at(PERSON, place) is ABSENT
