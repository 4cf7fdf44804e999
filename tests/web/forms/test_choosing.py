"""Choosing: how many options make which control, which options are offered, what excludes what."""

import json
from collections.abc import Callable

import pytest

from engine.journey import walk
from engine.model import Field, Procedure
from tests.conftest import NOW
from web.forms.building import questions_of
from web.forms.choosing import MOST_LISTED, MOST_RADIOS, open_values
from web.forms.pages import PageForm, build
from web.forms.plain import Question

Compiled = Callable[..., Procedure]


def options(count: int) -> str:
    return "{" + ", ".join(f"o{n}: 選択{n}" for n in range(count)) + "}"


def only_question(procedure: Procedure, language: str = "ja") -> Question:
    return questions_of(procedure.steps[0].fields, language, procedure.conditions)[-1]


@pytest.mark.parametrize(
    ("count", "more", "control"),
    [
        (MOST_RADIOS, "", "radios"),
        (MOST_RADIOS + 1, "", "select"),
        (MOST_LISTED, "", "select"),
        (MOST_LISTED + 1, "", "autocomplete"),
        (300, "", "autocomplete"),
        (2, "display: select", "select"),
        (2, "display: autocomplete", "autocomplete"),
        (300, "display: radios", "radios"),
    ],
)
def test_the_number_of_options_decides_unless_the_author_does(
    compiled: Compiled, count: int, more: str, control: str
) -> None:
    procedure = compiled(f"q: {{type: choice, title: 題, options: {options(count)}{', ' + more if more else ''}}}")
    question = only_question(procedure)
    assert question.control == control
    assert all(choice.value for choice in question.options)
    assert len(question.options) == count
    if control != "radios":
        (given,) = question.inputs
        assert (given.kind, given.find, len(given.choices)) == ("select", control == "autocomplete", count)


@pytest.mark.parametrize(
    ("field", "last"),
    [
        ("q: {type: choice, title: 題, optional: true, options: {a: 一, b: 二}}", ""),
        ("q: {type: boolean, title: 題, optional: true}", ""),
        ("q: {type: choice, title: 題, optional: true, display: select, options: {a: 一, b: 二}}", "b"),
        ("q: {type: choices, title: 題, optional: true, options: {a: 一, b: 二}}", "b"),
        ("q: {type: boolean, title: 題}", "no"),
    ],
)
def test_buttons_that_nobody_must_press_can_be_taken_back(compiled: Compiled, field: str, last: str) -> None:
    assert only_question(compiled(field)).options[-1].value == last


def test_taking_back_is_offered_whatever_else_is(compiled: Compiled) -> None:
    field = "q: {type: choice, title: 題, optional: true, options: {a: {title: 一, when: today > '2999-01-01'}, b: 二}}"
    question = only_question(compiled(field))
    assert [choice.value for choice in question.only({"b"}).options] == ["b", ""]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("o7", "o7"), ("選択7", "o7"), (" 選択７ ", "o7"), ("Choice B", "b"), ("choice b", "b")],
)
def test_what_was_typed_is_found_by_its_wording_in_any_language(compiled: Compiled, typed: str, answer: str) -> None:
    named = options(50)[:-1] + ", b: {ja: 乙, en: Choice B}}"
    field = compiled(f"q: {{type: choice, title: 題, options: {named}}}").fields["q"]
    assert field.type.parse(field, {"": [typed]}) == answer


def form_of(procedure: Procedure) -> PageForm:
    return build(procedure.steps[0].fields, procedure, "ja")


def offered(procedure: Procedure, answers: dict[str, object]) -> dict[str, list[str]]:
    """The values that are drawn, by question."""
    journey = walk(procedure, answers, NOW.date())

    def open_to(field: Field) -> frozenset[str]:
        return open_values(field, journey.scope)

    asked = form_of(procedure).asked(lambda field: field.id in journey.shown, open_to)
    return {question.id: [choice.value for choice in question.options] for question in asked}


TWO_STEPS = """\
way:
  type: choice
  title: 受取方法
  options:
    post: 郵送
    counter: {title: 窓口, when: "today >= '2026-01-01'"}
    night: {title: 夜間, when: "today < '2026-01-01'"}
"""


def test_an_option_whose_condition_does_not_hold_is_not_drawn(compiled: Compiled) -> None:
    assert offered(compiled(TWO_STEPS), {}) == {"way": ["post", "counter"]}


def test_a_list_to_choose_from_offers_no_more(compiled: Compiled) -> None:
    procedure = compiled(TWO_STEPS + "  display: select\n")
    journey = walk(procedure, {}, NOW.date())
    (question,) = form_of(procedure).asked(lambda _: True, lambda field: open_values(field, journey.scope))
    assert [choice.value for choice in question.inputs[0].choices] == ["post", "counter"]


SAME_PAGE = """\
adult: {type: boolean, title: 大人ですか}
way: {type: choice, title: 受取方法, options: {post: 郵送, counter: {title: 窓口, when: adult}}}
"""


@pytest.mark.parametrize("answers", [{}, {"adult": False}, {"adult": True}])
def test_an_option_that_depends_on_the_same_page_is_drawn_with_its_rule(
    compiled: Compiled, answers: dict[str, object]
) -> None:
    procedure = compiled(SAME_PAGE)
    assert offered(procedure, answers)["way"] == ["post", "counter"]
    post, counter = only_question(procedure).options
    assert (post.when_rule, post.when_words) == ("", "")
    assert json.loads(counter.when_rule) == ["is", "adult", ["yes"]]
    assert counter.when_words == "「大人ですか」が「はい」"


def test_an_option_that_excludes_the_others_says_so(compiled: Compiled) -> None:
    procedure = compiled("q: {type: choices, title: 題, options: {a: 甲, n: {title: なし, exclusive: true}}}")
    assert [choice.alone for choice in only_question(procedure).options] == [False, True]


def test_what_an_option_reveals_follows_the_choice(compiled: Compiled) -> None:
    procedure = compiled(
        """
        kinds:
          type: choices
          title: 種類
          options:
            dog: 犬
            bird: {title: 鳥, reveals: {species: {type: string, title: 鳥の種類}}}
        """
    )
    question = only_question(procedure)
    assert question.id == "species"
    assert json.loads(question.when_rule) == ["is", "kinds", ["bird"]]
    assert question.when_words == "「種類」に「鳥」が含まれる"


def test_a_declaration_lists_what_it_confirms(compiled: Compiled) -> None:
    procedure = compiled("q: {type: declaration, title: 同意します, statements: [事実です, {ja: 規約, en: The terms}]}")
    assert [words for words, _ in only_question(procedure, "en").statements] == ["事実です", "The terms"]
    assert [lang for _, lang in only_question(procedure, "en").statements] == [' lang="ja" data-instead=""', ""]
