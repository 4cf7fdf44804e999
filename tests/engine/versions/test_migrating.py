"""Answers given to one version are kept in the next, converted without loss, or set aside; none is lost."""

from typing import Any

import pytest
from hypothesis import given, settings

from engine.model import Procedure
from engine.versions.moving import Migrated, migrate_answers, relocate
from tests.engine.versions.amending import NEW, ONE, TODAY, at, field_at, version
from tests.engine.versions.strategies import ANSWERS, versions

PETS = f"type: choice, {ONE}, options: {{dog: 犬, cat: 猫}}"


def migrate(old: str, new: str, answer: Any) -> Migrated:
    """One field `a`, before and after."""
    return migrate_answers(version({"a": old}), version({"a": new}, NEW), {"a": answer}, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "answer", "kept"),
    [
        ("type: integer", "type: number", 3, 3),
        ("type: number", "type: integer", 3, 3),
        ("type: text", "type: long_text", "あ", "あ"),
        ("type: long_text", "type: text", "あ", "あ"),
        ("type: email", "type: text", "a@example.jp", "a@example.jp"),
        ("type: text", "type: postcode", "1630001", "1630001"),
        ("type: text, maxLength: 40", "type: text, maxLength: 3", "あいう", "あいう"),
        ("type: file", "type: file, maxFiles: 3", ["f1"], ["f1"]),
        ("type: file, maxFiles: 3", "type: file", ["f1", "f2"], ["f1", "f2"]),
        ("type: text", "type: array, items: {type: text}", "あ", ["あ"]),
        ("type: array, items: {type: text}", "type: text", ["あ"], "あ"),
        ("type: array, items: {type: integer}", "type: array, items: {type: number}", [1, 2], [1, 2]),
        ("type: choice, options: {dog: 犬}", "type: choice, options: {cat: 猫, dog: いぬ}", "dog", "dog"),
        ("type: choice, options: {dog: 犬}", "type: choice, options: {hound: {title: 犬, was: dog}}", "dog", "hound"),
        ("type: choice, options: {dog: 犬}", "type: choices, options: {dog: 犬, cat: 猫}", "dog", ["dog"]),
        ("type: choices, options: {a: あ, b: い}", "type: choice, options: {a: あ, b: い}", ["b"], "b"),
        ("type: date", "type: date, maximum: today", "2026-11-01", "2026-11-01"),
        ("type: text, maxLength: 2", "type: text, maxLength: 3", "長すぎた", "長すぎた"),
    ],
)
def test_what_loses_nothing_is_kept(old: str, new: str, answer: Any, kept: Any) -> None:
    found = migrate(f"{old}, {ONE}", f"{new}, {ONE}", answer)
    assert found.answers == {"a": kept}
    assert type(found.answers["a"]) is type(kept)
    assert (found.dropped, found.asked_again, found.added) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ("type: number", "type: integer", 3.5),
        ("type: long_text", "type: text", "一行\n二行"),
        ("type: text, maxLength: 40", "type: text, maxLength: 2", "あいう"),
        ("type: text", "type: integer", "3"),
        ("type: text", "type: email", "電話で"),
        ("type: integer", "type: text", 3),
        ("type: boolean", "type: declaration", True),
        ("type: array, items: {type: text}", "type: text", ["あ", "い"]),
        ("type: choice, options: {dog: 犬, cat: 猫}", "type: choice, options: {dog: 犬}", "cat"),
        ("type: choices, options: {a: あ, b: い}", "type: choices, options: {a: あ}", ["a", "b"]),
        ("type: choices, options: {a: あ, b: い}", "type: choice, options: {a: あ, b: い}", ["a", "b"]),
        ("type: choice, options: {dog: 犬}", "type: text", "dog"),
        ("type: text", "type: choice, options: {dog: 犬}", "dog"),
        ("type: date", "type: date, maximum: today", "2026-11-02"),
        ("type: date", "type: text", "2026-11-02"),
        ("type: person_name", "type: address", {"family": "山", "given": "花"}),
    ],
)
def test_what_would_lose_something_is_set_aside_and_asked_again(old: str, new: str, answer: Any) -> None:
    found = migrate(f"{old}, {ONE}", f"{new}, {ONE}", answer)
    assert found.answers == {}
    [one] = found.dropped
    assert (one.source, one.field, one.place, one.answer) == (("a",), "a", ("a",), answer)
    assert found.asked_again == (("a",),)
    assert found.kept == ()


def test_a_declaration_in_other_words_is_asked_again() -> None:
    old, new = (f"type: declaration, title: {{ja: {words}, en: x}}" for words in ("同意します", "全部に同意します"))
    assert migrate(old, new, True).asked_again == (("a",),)
    assert migrate(old, old, True).answers == {"a": True}


def test_other_words_for_the_same_question_change_nothing() -> None:
    old = f"type: text, maxLength: 3, {ONE}"
    new = "type: text, maxLength: 3, title: {ja: 別の問い, en: Other}, hint: 三字まで, optional: true"
    assert migrate(old, new, "長すぎる答え").answers == {
        "a": "長すぎる答え"
    }  # as wrong as it was: nothing to ask again


def test_a_renamed_field_keeps_its_answer_wherever_it_stands() -> None:
    inside = "title: あ, properties: {{{}: {{type: text, title: 名前{}}}}}"
    old = version({
        "tel": f"type: phone, {ONE}",
        "owner": f"type: object, {inside.format('call', '')}",
        "dogs": f"type: array, title: 犬, items: {{type: object, {inside.format('call', '')}}}",
    })  # fmt: skip
    new = version(
        {
            "keeper": f"type: object, {inside.format('name', ', was: call')}, was: owner",
            "phone": f"type: phone, {ONE}, was: tel",
            "dogs": f"type: array, title: 犬, items: {{type: object, {inside.format('name', ', was: call')}}}",
        },
        NEW,
        steps=[["keeper"], ["phone", "dogs"]],
    )
    answers = {"tel": "0353211111", "owner": {"call": "花子"}, "dogs": [{"call": "ポチ"}, {"call": "ハチ"}]}
    found = migrate_answers(old, new, answers, TODAY)
    assert found.answers == {
        "phone": "0353211111",
        "keeper": {"name": "花子"},
        "dogs": [{"name": "ポチ"}, {"name": "ハチ"}],
    }
    assert found.dropped == ()
    assert relocate(old, new, ("dogs", 1, "call")) == ("dogs", 1, "name")
    assert relocate(old, new, ("owner", "call")) == ("keeper", "name")
    assert relocate(old, new, ("tel",)) == ("phone",)
    assert relocate(old, new, ("gone",)) is None


def test_a_name_that_was_given_up_and_taken_by_another_goes_with_was() -> None:
    old = version({"tel": f"type: text, {ONE}", "phone": f"type: text, {ONE}"})
    new = version({"phone": f"type: text, {ONE}, was: tel"}, NEW)
    found = migrate_answers(old, new, {"tel": "1", "phone": "2"}, TODAY)
    assert found.answers == {"phone": "1"}
    assert [(one.source, one.place, one.answer) for one in found.dropped] == [(("phone",), None, "2")]


def test_one_item_of_a_list_is_asked_again_and_the_others_are_kept() -> None:
    fields = "type: array, title: 犬, items: {{type: object, properties: {{name: {{type: text, title: 名}}, {}}}}}"
    old = version({"dogs": fields.format("chip: {type: text, title: 番号}")})
    new = version({"dogs": fields.format('chip: {type: text, title: 番号, pattern: "[0-9]{3}"}')}, NEW)
    answers = {"dogs": [{"name": "ポチ", "chip": "123"}, {"name": "ハチ", "chip": "不明"}]}
    found = migrate_answers(old, new, answers, TODAY)
    assert found.answers == {"dogs": [{"name": "ポチ", "chip": "123"}, {"name": "ハチ"}]}
    assert found.asked_again == (("dogs", 1, "chip"),)
    assert found.dropped[0].field == "dogs.chip"


def test_one_group_becomes_a_list_and_a_list_of_one_a_group() -> None:
    group = "type: object, title: 犬, properties: {name: {type: text, title: 名}}"
    listed = f"type: array, title: 犬, items: {{{group}}}"
    assert migrate(group, listed, {"name": "ポチ"}).answers == {"a": [{"name": "ポチ"}]}
    assert migrate(listed, group, [{"name": "ポチ"}]).answers == {"a": {"name": "ポチ"}}
    assert migrate(listed, group, [{"name": "ポチ"}, {"name": "ハチ"}]).asked_again == (("a",),)


def test_a_list_that_is_too_long_by_now_is_kept_so_that_one_can_choose() -> None:
    listed = (
        "type: array, title: 犬, maxItems: {}, items: {{type: object, properties: {{n: {{type: text, title: 名}}}}}}"
    )
    dogs = [{"n": "一"}, {"n": "二"}, {"n": "三"}]
    assert migrate(listed.format(5), listed.format(2), dogs).answers == {"a": dogs}


def test_only_what_nobody_asked_before_and_is_on_the_way_is_new() -> None:
    old = version({"a": f"type: boolean, {ONE}"})
    new = version(
        {
            "a": f"type: boolean, {ONE}",
            "told": "type: note, title: お知らせ",
            "yes": f"type: text, {ONE}, when: a",
            "no": f"type: text, {ONE}, when: not a",
            "free": f"type: text, {ONE}, optional: true",
        },
        NEW,
    )
    assert migrate_answers(old, new, {"a": True}, TODAY).added == ("yes",)
    assert migrate_answers(old, new, {}, TODAY).added == ()


def test_what_the_old_version_did_not_know_is_set_aside_too() -> None:
    found = migrate_answers(version({"a": PETS}), version({"a": PETS}, NEW), {"a": "dog", "junk": [1]}, TODAY)
    assert found.answers == {"a": "dog"}
    assert [(one.source, one.field, one.place) for one in found.dropped] == [(("junk",), "", None)]


def leaves(answer: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of all single values."""
    if isinstance(answer, dict):
        return [leaf for key, inner in answer.items() for leaf in leaves(inner, (*place, key))]
    if isinstance(answer, list):
        return [leaf for index, inner in enumerate(answer) for leaf in leaves(inner, (*place, index))]
    return [place]


@settings(deadline=None, max_examples=300)
@given(versions(), ANSWERS)
def test_nothing_is_lost(both: tuple[Procedure, Procedure], answers: dict[str, Any]) -> None:
    """Every single value is below something kept or something set aside, and never below both."""
    old, new = both
    found = migrate_answers(old, new, answers, TODAY)
    sources = [source for source, _ in found.kept] + [one.source for one in found.dropped]
    for leaf in leaves(answers):
        above = [source for source in sources if leaf[: len(source)] == source]
        assert len(above) == 1, (leaf, sources)
    for one in found.dropped:
        assert one.answer == at(answers, one.source)


@settings(deadline=None, max_examples=300)
@given(versions(), ANSWERS)
def test_what_is_kept_means_what_it_meant(both: tuple[Procedure, Procedure], answers: dict[str, Any]) -> None:
    old, new = both
    found = migrate_answers(old, new, answers, TODAY)
    for source, place in found.kept:
        before, now = at(answers, source), at(found.answers, place)
        asked, offered = field_at(new, place), {str(option.value) for option in field_at(old, source).options}
        chosen = {str(option.was): option.value for option in asked.options if option.was in offered}
        same = [chosen.get(str(one), one) for one in (before if isinstance(before, list) else [before])]
        assert same == (now if isinstance(now, list) else [now]), (field_at(old, source).type.name, asked.type.name)


@settings(deadline=None, max_examples=200)
@given(versions(), ANSWERS)
def test_whatever_was_set_aside_has_room_where_it_is_asked_again(
    both: tuple[Procedure, Procedure], answers: dict[str, Any]
) -> None:
    old, new = both
    found = migrate_answers(old, new, answers, TODAY)
    for place in found.asked_again:
        assert field_at(new, place)
        with pytest.raises((KeyError, IndexError, TypeError)):
            at(found.answers, place)


@settings(deadline=None, max_examples=200)
@given(versions(), ANSWERS)
def test_a_second_time_changes_nothing(both: tuple[Procedure, Procedure], answers: dict[str, Any]) -> None:
    old, new = both
    once = migrate_answers(old, new, answers, TODAY).answers
    again = migrate_answers(new, new, once, TODAY)
    assert again.answers == once
    assert (again.dropped, again.asked_again) == ((), ())


@settings(deadline=None, max_examples=100)
@given(versions(), ANSWERS)
def test_the_same_procedure_again_keeps_every_known_answer_as_it_is(
    both: tuple[Procedure, Procedure], answers: dict[str, Any]
) -> None:
    old, _ = both
    known = {name: answer for name, answer in answers.items() if name in old.fields}
    found = migrate_answers(old, version_of_later(old), known, TODAY)
    assert found.answers == known
    assert found.dropped == found.added == ()


def version_of_later(procedure: Procedure) -> Procedure:
    """The same, in force from a later day."""
    from dataclasses import replace

    return replace(procedure, version=TODAY, digest="later")
