"""Names by their settings, and addresses that must lie in an area."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from engine.validation import check_submission
from tests.engine.fields.samples import ADDRESS, FULL_NAME, NAME, field, parse
from tests.engine.language.specs import codes, compiled, procedure

DAY = date(2026, 5, 1)
PLAIN = ("family", "given")
KANA = ("family_kana", "given_kana")
ROMAN = ("family_roman", "given_roman")


def wrong(settings: str, answer: Mapping[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    asked = procedure(f"q: {{{settings}, title: 題}}")
    return [(failure.path[1:], failure.key) for failure in check_submission(asked, {"q": answer}, DAY)]


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ("", (*PLAIN, *KANA)),
        (", kana: false", PLAIN),
        (", roman: required", (*PLAIN, *KANA, *ROMAN)),
        (", kana: false, roman: optional, former: true", (*PLAIN, *ROMAN, "former_family")),
        (", former: true", (*PLAIN, *KANA, "former_family", "former_family_kana")),
    ],
)
def test_a_name_asks_for_the_parts_that_its_settings_want(settings: str, parts: tuple[str, ...]) -> None:
    one = procedure(f"q: {{type: person_name, title: 氏名{settings}}}").fields["q"]
    assert one.type.parts(one) == parts
    assert tuple(one.type.value_type(one).properties) == parts
    assert tuple(one.schema["properties"]) == parts


def test_a_name_without_settings_has_the_schema_it_always_had() -> None:
    schema = field("person_name").schema
    text = {"type": "string", "minLength": 1, "maxLength": 50}
    kana = {**text, "pattern": "^[ァ-ヺー・ヽヾ ]+$"}
    assert dict(schema) == {
        "type": "object",
        "properties": {"family": text, "given": text, "family_kana": kana, "given_kana": kana},
        "required": ["family", "given", "family_kana", "given_kana"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("settings", "change", "found"),
    [
        ("type: person_name", {"given": ""}, [(("given",), "errors.given")]),
        ("type: person_name, single: true", {"given": "", "given_kana": ""}, []),
        ("type: person_name, single: true", {"given": ""}, [(("given",), "errors.given")]),
        ("type: person_name, single: true", {"given_kana": ""}, [(("given_kana",), "errors.given_kana")]),
        ("type: person_name, single: true", {"family": ""}, [(("family",), "errors.family")]),
    ],
)
def test_a_person_with_one_name(settings: str, change: dict[str, str], found: list[Any]) -> None:
    assert wrong(settings, {**NAME, **change}) == found


@pytest.mark.parametrize(
    ("settings", "change", "found"),
    [
        ("former: true, roman: optional", {}, []),
        ("former: true, roman: optional", {"former_family": "", "former_family_kana": ""}, []),
        ("former: true, roman: optional", {"family_roman": "", "given_roman": ""}, []),
        (
            "former: true, roman: optional",
            {"former_family_kana": ""},
            [(("former_family_kana",), "identifiers.former_family_kana")],
        ),
        ("former: true, roman: optional", {"former_family": ""}, [(("former_family",), "identifiers.former_family")]),
        ("former: true, roman: required", {"family_roman": ""}, [(("family_roman",), "identifiers.family_roman")]),
        ("former: true, roman: required", {"given_roman": "花子"}, [(("given_roman",), "identifiers.roman")]),
        (
            "former: true, roman: optional",
            {"former_family_kana": "吉田"},
            [(("former_family_kana",), "errors.katakana")],
        ),
    ],
)
def test_roman_letters_and_a_former_name(settings: str, change: dict[str, str], found: list[Any]) -> None:
    assert wrong(f"type: person_name, {settings}", {**FULL_NAME, **change}) == found


def test_characters_of_a_name_stay_and_readings_and_letters_become_those_of_the_papers() -> None:
    typed = {"family": "𠮷髙", "given": "葛󠄀", "family_kana": "よしだか", "given_kana": "ｶﾂﾗ"}
    read = parse("full_name", **typed, family_roman="Ｙｏｓｈｉ", given_roman="O'Neil-Katsura", former_family="﨑")
    assert read["family"] == "𠮷髙"
    assert read["given"] == "葛󠄀"
    assert read["former_family"] == "﨑"
    assert (read["family_kana"], read["given_kana"]) == ("ヨシダカ", "カツラ")
    assert (read["family_roman"], read["given_roman"]) == ("Yoshi", "O'Neil-Katsura")


def test_an_address_outside_of_the_area_is_told_where_the_area_is() -> None:
    asked = procedure("q: {type: address, title: 住所, prefecture: 東京都, cities: [新宿区, 渋谷区]}")
    [failure] = check_submission(asked, {"q": {**ADDRESS, "city": "港区"}}, DAY)
    assert failure.path == ("q", "city")
    assert "新宿区、渋谷区" in failure.say("ja")
    assert "新宿区、渋谷区" in failure.say("en")
    assert check_submission(asked, {"q": {**ADDRESS, "city": "渋谷区"}}, DAY) == ()


def test_with_one_city_the_words_are_those_of_one_prefecture() -> None:
    assert wrong("type: address, cities: [新宿区]", {**ADDRESS, "city": "港区"}) == [(("city",), "errors.only")]


@pytest.mark.parametrize(
    "written",
    ["{type: address, title: 住所, cities: []}", "{type: person_name, title: 氏名, roman: perhaps}"],
)
def test_settings_that_make_no_sense_are_refused(written: str) -> None:
    assert codes(compiled(f"q: {written}")) == ["bad-keyword-value"]
