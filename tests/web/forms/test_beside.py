"""What stands beside an input: its unit, an example, how much room there is; and eras before years."""

from collections.abc import Callable

import pytest

from engine.model import Procedure
from web.forms.building import questions_of
from web.forms.plain import Question

Compiled = Callable[..., Procedure]


def asked(compiled: Compiled, field: str, language: str = "ja") -> Question:
    procedure = compiled(f"q: {field}")
    return questions_of(procedure.steps[0].fields, language, procedure.conditions)[0]


@pytest.mark.parametrize(
    ("field", "ja", "en"),
    [
        ("{type: integer, title: 数, unit: {ja: 室, en: rooms}}", "室", "rooms"),
        ("{type: number, title: 面積, unit: kg}", "kg", "kg"),
        ("{type: yen, title: 家賃}", "円", "yen"),
        ("{type: integer, title: 数}", "", ""),
        ("{type: text, title: 語}", "", ""),
    ],
)
def test_the_unit_is_said(compiled: Compiled, field: str, ja: str, en: str) -> None:
    assert asked(compiled, field).unit == ja
    assert asked(compiled, field, "en").unit == en


@pytest.mark.parametrize(
    ("field", "most", "counted"),
    [
        ("{type: long_text, title: 文, maxLength: 200}", 200, "characters"),
        ("{type: long_text, title: 文, maxLength: 2000, maxWords: 150}", 150, "words"),
        ("{type: text, title: 文, maxWords: 5}", 5, "words"),
        ("{type: text, title: 文, maxLength: 20}", 0, ""),
        ("{type: long_text, title: 文}", 0, ""),
    ],
)
def test_long_texts_say_how_much_room_there_is(compiled: Compiled, field: str, most: int, counted: str) -> None:
    question = asked(compiled, field)
    assert (question.most, question.counted) == (most, counted)


def test_a_time_shows_how_it_is_written(compiled: Compiled) -> None:
    question = asked(compiled, "{type: time, title: 時刻}")
    assert "9:30" in question.example
    assert 'inputmode="numeric"' in question.inputs[0].attributes


@pytest.mark.parametrize(
    ("field", "inputs"),
    [
        ("{type: date, title: 日}", ["q.year", "q.month", "q.day"]),
        ("{type: date, title: 日, calendar: wareki}", ["q.era", "q.year", "q.month", "q.day"]),
        ("{type: year_month, title: 月, calendar: both}", ["q.era", "q.year", "q.month"]),
    ],
)
def test_the_era_is_chosen_before_the_year(compiled: Compiled, field: str, inputs: list[str]) -> None:
    question = asked(compiled, field)
    assert question.grouped
    assert [given.name for given in question.inputs] == inputs
    assert question.anchor == question.inputs[0].id
    assert all(given.label for given in question.inputs)


def test_the_newest_era_stands_first_and_western_years_have_their_place(compiled: Compiled) -> None:
    both = asked(compiled, "{type: date, title: 日, calendar: both}", "en").inputs[0]
    assert [(choice.value, choice.title) for choice in both.choices][:3] == [
        ("", "Western"),
        ("R", "Reiwa"),
        ("H", "Heisei"),
    ]
    assert asked(compiled, "{type: date, title: 日, calendar: wareki}").inputs[0].choices[0].title == "選択"
