"""Whatever is typed: what a type reads and finds right has a value, is shown, and comes back the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from engine.expressions import UNKNOWN
from engine.fields.base import MISSING, FieldProblem, known_value
from engine.model import Field
from tests.engine.fields.samples import ANSWERS, field

TODAY = date(2026, 5, 1)
NAMES = sorted(name for name in ANSWERS if name not in {"array", "object", "file"})
DIGITS = some.text("0123456789０１２３４５６７８９", min_size=1, max_size=4)
WORDS = [
    "令和",
    "平成",
    "昭和",
    "大正",
    "明治",
    "R",
    "H",
    "Ｓ",
    "元",
    "年",
    "月",
    "日",
    "-",
    "/",
    ".",
    "．",
    ",",
    "，",
    "円",
    "¥",
    "午前",
    "午後",
    "時",
    "半",
    "分",
    ":",
    "：",
    "am",
    "pm",
    "㎡",
    "m²",
    "https://",
    "www",
    "example",
    ".jp",
    "@",
    "a",
    "\u3000",
    "𠮷",
    "agent",
    "land",
    "none",
    "yes",
]
PIECES = DIGITS | some.sampled_from(WORDS) | some.text(max_size=3)
TYPED = some.lists(PIECES, max_size=6).map("".join)


def right(one: Field, answer: object) -> bool:
    """Whether the type finds nothing wrong, by its schema and its own checks."""
    fits = Draft202012Validator(dict(one.schema)).is_valid(answer)
    return fits and not list(one.type.check(one, answer, TODAY))


@given(some.sampled_from(NAMES), some.data())
def test_what_is_read_and_right_comes_back(name: str, data: some.DataObject) -> None:
    one = field(name)
    raw = {part: [data.draw(TYPED, label=part)] for part in ("", *one.type.parts(one))}
    try:
        answer = one.type.parse(one, raw)
    except FieldProblem:
        return
    if answer is MISSING or not right(one, answer):
        return
    assert known_value(one, answer) is not UNKNOWN
    assert one.type.parse(one, one.type.show_raw(one, answer)) == answer
    for language in ("ja", "easy", "en"):
        assert one.type.show(one, answer, language)


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_of_each_type_is_right(name: str) -> None:
    """So that the test above has something to find."""
    one = field(name)
    assert right(one, ANSWERS[name])
    assert one.type.parse(one, one.type.show_raw(one, ANSWERS[name])) == ANSWERS[name]


@pytest.mark.parametrize("name", ["text", "long_text"])
@pytest.mark.parametrize("text", ["髙橋", "𠮷野家", "葛󠄀飾", "神", "﨑", "ｱﾊﾟｰﾄ", "１−２−３", "Ⅲ号棟"])
def test_names_and_addresses_are_read_as_they_are_written(name: str, text: str) -> None:
    one = field(name)
    assert one.type.parse(one, {"": [text]}) == text
