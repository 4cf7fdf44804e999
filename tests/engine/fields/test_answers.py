"""Answers shown back, shown to people, and taken as values of expressions."""

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import UNKNOWN, Type
from engine.fields import registry
from engine.fields.base import known_value
from tests.engine.fields.samples import ANSWERS, NAME, SPECS, field

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
json_values = st.recursive(
    LEAVES | st.sampled_from(["2026-05-01", 1, "agent"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["firm", "since", "family", "call", "born", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", [name for name in ANSWERS if name != "array"])
def test_an_answer_shown_back_and_sent_again_is_the_same(name: str) -> None:
    one = field(name)
    assert one.type.parse(one, one.type.show_raw(one, ANSWERS[name])) == ANSWERS[name]


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 12))
def test_numbers_survive_the_page_to_the_last_digit(digits: int, places: int) -> None:
    one = field("number")
    typed = Decimal(digits).scaleb(-places)
    answer = json.loads(json.dumps(one.type.parse(one, {"": [f"{typed:f}"]})))
    assert known_value(one, answer) == typed
    assert one.type.parse(one, one.type.show_raw(one, answer)) == answer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "葛󠄀城ハイツ"),
        ("boolean", False),
        ("integer", Decimal(-3)),
        ("number", Decimal("12.5")),
        ("date", date(2026, 5, 1)),
        ("area", Decimal("12.25")),
        ("yen", Decimal(12000)),
        ("year_month", date(2026, 4, 1)),
        ("time", "09:30"),
        ("grades", Decimal(2)),
        ("choices", ["land", "car"]),
        ("person_name", NAME),
        ("file", ["3f2a", "9c"]),
        ("object", {"firm": "見本社", "since": date(1999, 12, 31), "head": NAME}),
        ("days", [date(2026, 5, 1), date(2026, 5, 2)]),
        ("array", [{"call": "ポチ", "born": date(2025, 1, 1)}, {"call": "ハナ"}]),
    ],
)
def test_answers_as_values(name: str, value: Any) -> None:
    assert known_value(field(name), ANSWERS[name]) == value


def test_a_building_that_is_empty_is_not_answered() -> None:
    assert "building" not in known_value(field("address"), ANSWERS["address"])


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("text", 5),
        ("boolean", 1),
        ("integer", True),
        ("integer", 2.5),
        ("integer", float("inf")),
        ("number", float("nan")),
        ("number", "12"),
        ("date", "2026-02-30"),
        ("date", "20260501"),
        ("date", 20260501),
        ("year_month", "2026-4"),
        ("year_month", "2026-13"),
        ("time", "9:30"),
        ("time", "24:00"),
        ("yen", 1.5),
        ("choice", "nobody"),
        ("grades", True),
        ("grades", "2"),
        ("choices", ["land", "ship"]),
        ("choices", "land"),
        ("person_name", "髙橋"),
        ("person_name", {"family": 5}),
        ("file", [1]),
        ("object", []),
        ("array", [1]),
    ],
)
def test_an_answer_that_is_not_of_its_kind_is_unknown(name: str, answer: Any) -> None:
    assert known_value(field(name), answer) is UNKNOWN


def fits(value: Any, type: Type) -> bool:
    """Whether a value is what its type promises to expressions."""
    match type.kind:
        case "boolean":
            good = isinstance(value, bool)
        case "number":
            good = isinstance(value, Decimal) and value.is_finite()
        case "text":
            good = isinstance(value, str)
        case "date":
            good = isinstance(value, date)
        case "list":
            good = isinstance(value, list) and all(fits(one, type.element) for one in value)
        case "record":
            known = {name: one for name, one in value.items() if one is not UNKNOWN}
            good = all(fits(one, type.properties[name]) for name, one in known.items())
        case _:
            good = True
    return good and (not type.options or value in type.options)


@given(st.sampled_from(sorted(SPECS)), json_values)
def test_whatever_comes_in_expressions_see_the_promised_type_or_nothing(name: str, answer: Any) -> None:
    one = field(name)
    value = known_value(one, answer)
    assert value is UNKNOWN or fits(value, one.type.value_type(one))


@pytest.mark.parametrize(
    ("name", "ja", "en"),
    [
        ("text", "葛󠄀城ハイツ", "葛󠄀城ハイツ"),
        ("boolean", "いいえ", "No"),
        ("number", "12.5", "12.5"),
        ("date", "2026年5月1日", "1 May 2026"),
        ("area", "12.25㎡", "12.25 m²"),
        ("yen", "12,000円", "¥12,000"),
        ("era_date", "昭和64年1月7日", "7 January 1989 (Showa 64)"),
        ("both_date", "2019年5月1日（令和元年）", "1 May 2019 (Reiwa 1)"),
        ("year_month", "2026年4月", "April 2026"),
        ("era_month", "大正15年12月", "December 1926 (Taisho 15)"),
        ("time", "9:30", "9:30"),
        ("choice", "代理人", "Agent"),
        ("grades", "2", "2"),
        ("choices", "土地、車", "土地, 車"),
        ("postcode", "163-8001", "163-8001"),
        ("person_name", "髙橋 𠮷子（タカハシ ヨシコ）", "髙橋 𠮷子（タカハシ ヨシコ）"),
        ("address", "〒125-0061 東京都葛󠄀飾区亀有3-1-1", "〒125-0061 東京都葛󠄀飾区亀有3-1-1"),
        (
            "full_name",
            "髙橋 𠮷子（タカハシ ヨシコ） TAKAHASHI Yoshiko［旧姓 𠮷田（ヨシダ）］",
            "髙橋 𠮷子（タカハシ ヨシコ） TAKAHASHI Yoshiko [formerly 𠮷田（ヨシダ）]",
        ),
        ("plain_name", "Nguyen Van Anh NGUYEN VAN ANH", "Nguyen Van Anh NGUYEN VAN ANH"),
        ("corporate_number", "7000012050002", "7000012050002"),
        ("my_number", "********9018", "********9018"),
        ("vehicle_number", "品川 30A さ 12-34", "品川 30A さ 12-34"),
        (
            "bank_account",
            "金融機関コード 0001　支店コード 123\n普通　0012345\nヤマダ ハナコ",
            "Bank 0001, branch 123\nOrdinary (普通) 0012345\nヤマダ ハナコ",
        ),
        ("file", "2件のファイル", "2 file(s)"),
        ("declaration", "確認しました", "Confirmed"),
        ("lines", "机\nいす", "机\nいす"),
    ],
)
def test_answers_for_people(name: str, ja: str, en: str) -> None:
    one = field(name)
    assert one.type.show(one, ANSWERS[name], "ja") == ja
    assert one.type.show(one, ANSWERS[name], "en") == en


def test_an_object_is_shown_question_by_question() -> None:
    one = field("object")
    shown = one.type.show(one, ANSWERS["object"], "ja")
    assert shown == "名称: 見本社、設立: 1999年12月31日、代表: 髙橋 𠮷子（タカハシ ヨシコ）"


def test_every_type_is_documented_and_has_a_sample() -> None:
    used = {field(name).type.name for name in SPECS}
    assert used == set(registry.names())
    for name in registry.names():
        assert set(registry.by_name(name).doc) == {"ja", "en"}
        for keyword in registry.by_name(name).keywords.values():
            assert set(keyword.doc) == {"ja", "en"}


def test_two_types_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = SimpleNamespace(TYPE=field("text").type)
    registry.all_types.cache_clear()
    try:
        with monkeypatch.context() as patched:
            patched.setattr(registry, "import_module", lambda _: twin)
            with pytest.raises(ValueError, match="declared twice"):
                registry.all_types()
    finally:
        registry.all_types.cache_clear()


def test_a_type_that_nobody_wrote_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        registry.by_name("horoscope")
