"""What people type becomes an answer; what cannot be read says what to do."""

from typing import Any

import pytest

from engine.fields import numbers
from engine.fields.base import MISSING, FieldProblem
from engine.words import say
from tests.engine.fields.samples import ADDRESS, NAME, field, parse


@pytest.mark.parametrize(
    ("name", "typed", "answer"),
    [
        ("text", "  見本  ", "見本"),
        ("text", "　見本　", "見本"),
        ("text", "葛󠄀城　髙", "葛󠄀城　髙"),
        ("text", " ", MISSING),
        ("long_text", "一\r\n二\r三", "一\n二\n三"),
        ("boolean", "yes", True),
        ("boolean", "no", False),
        ("boolean", "", MISSING),
        ("integer", "３", 3),
        ("integer", "1,000", 1000),
        ("integer", "１，０００", 1000),
        ("integer", "−３", -3),
        ("integer", "ー３", -3),
        ("integer", " 12 ", 12),
        ("integer", "+5", 5),
        ("number", "１２．５", 12.5),
        ("number", "12.0", 12),
        ("number", ".5", 0.5),
        ("number", "-0.25", -0.25),
        ("area", "１２．２５㎡", 12.25),
        ("area", "12.250 m²", 12.25),
        ("area", "12.25 M2", 12.25),
        ("yen", "１２，０００円", 12000),
        ("yen", "¥12,000", 12000),
        ("yen", "￥ 12000", 12000),
        ("yen", "", MISSING),
        ("time", "9:30", "09:30"),
        ("time", "９：３０", "09:30"),
        ("time", "930", "09:30"),
        ("time", "1530", "15:30"),
        ("time", "9", "09:00"),
        ("time", "午後3時", "15:00"),
        ("time", "午後３時１５分", "15:15"),
        ("time", "午前９時半", "09:30"),
        ("time", "午前12:00", "00:00"),
        ("time", "午後13時", "13:00"),
        ("time", "午後12:30", "12:30"),
        ("time", "3:30 PM", "15:30"),
        ("time", "0:00", "00:00"),
        ("time", " ", MISSING),
        ("url", " https://www.example.jp/ ", "https://www.example.jp/"),
        ("url", "HTTPS://www.example.jp", "https://www.example.jp"),
        ("url", "ｈｔｔｐｓ：／／ｗｗｗ．ｅｘａｍｐｌｅ．ｊｐ／", "https://www.example.jp/"),
        ("url", "www.example.jp/a", "https://www.example.jp/a"),
        ("url", "", MISSING),
        ("choice", "agent", "agent"),
        ("choice", "", MISSING),
        ("grades", "2", 2),
        ("email", " hanako@example.jp ", "hanako@example.jp"),
        ("email", "hanako＠example.jp", "hanako@example.jp"),
        ("phone", "03-5321-1111", "0353211111"),
        ("phone", "０３（５３２１）１１１１", "0353211111"),
        ("phone", "０９０ー１２３４ー５６７８", "09012345678"),
        ("phone", "+81 90 1234 5678", "09012345678"),
        ("phone", "+81 (0)3 5321 1111", "0353211111"),
        ("phone", "+44 20 7946 0018", "+442079460018"),
        ("postcode", "163-8001", "1638001"),
        ("postcode", "〒１６３−８００１", "1638001"),
        ("declaration", "yes", True),
        ("declaration", "", MISSING),
        ("lines", "机\r\n\r\n いす ", ["机", "いす"]),
        ("days", "2026-5-1\n２０２６年５月２日\n2026/05/03", ["2026-05-01", "2026-05-02", "2026-05-03"]),
        ("note", "x", MISSING),
    ],
)
def test_what_is_typed_into_one_input(name: str, typed: str, answer: Any) -> None:
    assert parse(name, typed) == answer


def test_several_ticks_come_in_the_order_of_the_options() -> None:
    assert parse("choices", "car", "land", "car") == ["land", "car"]
    assert parse("choices", "") is MISSING
    assert parse("file", "3f", "", "9c") == ["3f", "9c"]
    assert parse("file") is MISSING


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ({"year": "2026", "month": "5", "day": "1"}, "2026-05-01"),
        ({"year": "２０２６", "month": "０５", "day": " 1 "}, "2026-05-01"),
        ({"year": "", "month": " ", "day": ""}, MISSING),
        ({"year": "R8", "month": "4", "day": "1"}, "2026-04-01"),
        ({"year": "令和８年", "month": "4", "day": "1"}, "2026-04-01"),
        ({"year": "㋿元", "month": "5", "day": "1"}, "2019-05-01"),
    ],
)
def test_a_date_has_three_inputs(parts: dict[str, str], answer: Any) -> None:
    assert parse("date", **parts) == answer


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ({"era": "S", "year": "64", "month": "1", "day": "7"}, "1989-01-07"),
        ({"era": "R", "year": "元", "month": "5", "day": "1"}, "2019-05-01"),
        ({"era": "S", "year": "平成２", "month": "1", "day": "7"}, "1990-01-07"),
        ({"era": "", "year": "1990", "month": "1", "day": "7"}, "1990-01-07"),
        ({"era": "R", "year": "1990", "month": "1", "day": "7"}, "1990-01-07"),
        ({"era": "R", "year": "", "month": "", "day": ""}, MISSING),
    ],
)
@pytest.mark.parametrize("name", ["era_date", "both_date"])
def test_an_era_is_chosen_or_typed(name: str, parts: dict[str, str], answer: Any) -> None:
    assert parse(name, **parts) == answer


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ({"year": "2026", "month": "４"}, "2026-04"),
        ({"year": "H31", "month": "4"}, "2019-04"),
        ({"": "2026年4月"}, "2026-04"),
        ({"": "令和元年5月"}, "2019-05"),
        ({"": "2026-4"}, "2026-04"),
        ({"year": "", "month": ""}, MISSING),
    ],
)
def test_a_month_has_two_inputs(parts: dict[str, str], answer: Any) -> None:
    assert parse("year_month", **parts) == answer


@pytest.mark.parametrize(
    ("name", "parts", "key", "part"),
    [
        ("date", {"year": "2026", "month": "", "day": "1"}, "errors.date_month", "month"),
        ("date", {"year": "X8", "month": "5", "day": "1"}, "errors.date_year", "year"),
        ("date", {"year": "元", "month": "x", "day": "1"}, "errors.date_month", "month"),
        ("date", {"year": "昭和70", "month": "5", "day": "1"}, "errors.era_over", "year"),
        ("date", {"year": "令和元", "month": "4", "day": "30"}, "errors.era_not_begun", "year"),
        ("date", {"year": "令和0", "month": "4", "day": "30"}, "errors.era_not_begun", "year"),
        ("date", {"year": "平成29", "month": "2", "day": "29"}, "errors.date_exists", "day"),
        ("era_date", {"era": "X", "year": "8", "month": "1", "day": "1"}, "errors.date_year_of_era", "year"),
        ("era_date", {"era": "S", "year": "", "month": "1", "day": "1"}, "errors.date_year_of_era", "year"),
        ("year_month", {"year": "2026", "month": "13"}, "errors.month_exists", "month"),
        ("year_month", {"year": "2026", "month": ""}, "errors.date_month", "month"),
        ("year_month", {"year": "0", "month": "1"}, "errors.month_exists", "year"),
        ("year_month", {"year": "S64", "month": "2"}, "errors.era_over", "year"),
        ("time", {"": "24:00"}, "errors.time", ""),
        ("time", {"": "9:60"}, "errors.time", ""),
        ("time", {"": "午前13時"}, "errors.time", ""),
        ("time", {"": "朝"}, "errors.time", ""),
        ("area", {"": "12.255"}, "errors.decimals", ""),
        ("area", {"": "12kg"}, "errors.number", ""),
        ("yen", {"": "3万円"}, "errors.yen", ""),
        ("yen", {"": "0.5"}, "errors.yen", ""),
        ("date", {"year": "2026", "month": "5", "day": "x"}, "errors.date_day", "day"),
        ("date", {"year": "2026", "month": "2", "day": "30"}, "errors.date_exists", "day"),
        ("date", {"year": "9" * 30, "month": "2", "day": "3"}, "errors.date_year", "year"),
        ("boolean", {"": "maybe"}, "errors.choose", ""),
        ("choice", {"": "nobody"}, "errors.choose", ""),
        ("choices", {"": "ship"}, "errors.choose", ""),
        ("integer", {"": "三"}, "errors.whole_number", ""),
        ("integer", {"": "1.5"}, "errors.whole_number", ""),
        ("integer", {"": "²"}, "errors.whole_number", ""),
        ("integer", {"": "1" * 16}, "errors.whole_number", ""),
        ("number", {"": "1.2.3"}, "errors.number", ""),
        ("number", {"": "1e5"}, "errors.number", ""),
        ("number", {"": "nan"}, "errors.number", ""),
        ("number", {"": "0.1234567890123456"}, "errors.number_digits", ""),
        ("object", {"since.year": "2026", "since.month": "13", "since.day": "1"}, "errors.date_exists", "since.day"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(name: str, parts: dict[str, str], key: str, part: str) -> None:
    with pytest.raises(FieldProblem) as caught:
        parse(name, **parts)
    assert (caught.value.key, caught.value.part) == (key, part)
    assert say(key, "ja", title="題", **caught.value.params)


def test_a_problem_inside_an_object_names_the_question_that_is_meant() -> None:
    with pytest.raises(FieldProblem) as caught:
        parse("object", **{"since.year": "x", "since.month": "1", "since.day": "1"})
    assert caught.value.field is not None
    assert caught.value.field.title.ja == "設立"


def test_a_name_keeps_its_characters_and_its_reading_becomes_katakana() -> None:
    typed = {"family": " 髙橋 ", "given": "𠮷子", "family_kana": "たかはし", "given_kana": "ﾖｼｺ"}
    assert parse("person_name", **typed) == NAME
    voiced = parse("person_name", **{**typed, "family_kana": "ｶﾞﾙｼｱ　ﾛﾍﾟｽ"})
    assert voiced["family_kana"] == "ガルシア ロペス"
    assert parse("person_name", family="", given=" ") is MISSING


def test_an_address_brings_only_its_postcode_into_one_form() -> None:
    assert parse("address", **{**ADDRESS, "postcode": "〒125ー0061"}) == ADDRESS
    assert parse("address", **{**ADDRESS, "street": "亀有３−１−１"})["street"] == "亀有３−１−１"
    assert parse("address", postcode="", city="") is MISSING


def test_an_object_reads_the_inputs_of_its_fields() -> None:
    typed = {"firm": "見本社", "since.year": "1999", "since.month": "12", "since.day": "31"}
    typed |= {f"head.{part}": text for part, text in NAME.items()}
    assert parse("object", **typed) == {"firm": "見本社", "since": "1999-12-31", "head": NAME}
    assert parse("object", firm=" ") is MISSING
    assert set(typed) == set(field("object").type.parts(field("object")))


def test_items_with_pages_of_their_own_are_not_read_from_the_list() -> None:
    assert parse("array", "ポチ") is MISSING


def test_a_unit_is_not_looked_for_all_over_a_long_text(monkeypatch: pytest.MonkeyPatch) -> None:
    folded = []
    monkeypatch.setattr(numbers, "_folded", lambda text: folded.append(len(text)) or text)
    with pytest.raises(FieldProblem):
        parse("area", "12" + "あ" * 10_000)
    assert sum(folded) < 1_000, "the time would grow with the square of what somebody sends"
