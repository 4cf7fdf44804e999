"""Each wrong answer is found where it stands, and told in words that say what to do."""

from datetime import date
from typing import Any

import pytest

from engine.compiling import Concepts, load_concepts
from engine.journey import walk
from engine.validation import Failure, check_fields, check_submission
from engine.words import catalogue
from tests.engine.fields.samples import ADDRESS, NAME, SPECS
from tests.engine.language.specs import procedure

TODAY = date(2026, 5, 1)


def failures(spec: str, *answer: Any, title: str = "") -> list[tuple[tuple[Any, ...], str]]:
    """Path below the field and key of each failure of one field; without an answer it is unanswered."""
    found = procedure(f"it: {spec}")
    return [
        (failure.path[1:], failure.key.removeprefix("errors."))
        for failure in check_submission(found, {"it": answer[0]} if answer else {}, TODAY)
    ]


@pytest.mark.parametrize(
    ("type", "key"),
    [
        ("text", "missing_text"),
        ("long_text", "missing_text"),
        ("boolean", "missing_choice"),
        ("choice", "missing_choice"),
        ("choices", "missing_choice"),
        ("date", "missing_text"),
        ("person_name", "missing_text"),
        ("file", "missing_file"),
        ("declaration", "missing_declaration"),
        ("array", "missing_items"),
        ("object", "missing_text"),
    ],
)
def test_everything_must_be_answered(type: str, key: str) -> None:
    assert failures(SPECS[type]) == [((), key)]
    assert failures(SPECS[type].replace("title:", "optional: true, title:", 1)) == []


def test_a_note_asks_nothing() -> None:
    assert failures(SPECS["note"]) == []


@pytest.mark.parametrize(
    ("spec", "answer", "expected"),
    [
        ("{type: string, title: 題, minLength: 2}", "a", [((), "min_length")]),
        ("{type: string, title: 題, maxLength: 2}", "𠮷野家", [((), "max_length")]),
        ("{type: string, title: 題, maxLength: 3}", "𠮷野家", []),
        ("{type: string, title: 題, pattern: '[0-9]{3}'}", "1234", [((), "pattern")]),
        ("{type: string, title: 題, pattern: '[0-9]{3}'}", "123\n", [((), "control_character")]),
        ("{type: string, title: 題}", "a\x00", [((), "control_character")]),
        ("{type: string, title: 題}", "a\u202eb", [((), "control_character")]),
        ("{type: string, title: 題}", 5, [((), "not_as_asked")]),
        ("{type: string, title: 題}", None, [((), "not_as_asked")]),
        ("{type: long_text, title: 題}", "一\n二", []),
        ("{type: integer, title: 題, minimum: 1}", 0, [((), "minimum")]),
        ("{type: integer, title: 題, maximum: 3}", 4, [((), "maximum")]),
        ("{type: integer, title: 題, exclusiveMinimum: 1}", 1, [((), "above")]),
        ("{type: integer, title: 題, exclusiveMaximum: 1}", 1, [((), "below")]),
        ("{type: integer, title: 題, multipleOf: 5}", 7, [((), "multiple_of")]),
        (SPECS["area"], 0.25, [((), "minimum")]),
        (SPECS["area"], 1.255, [((), "multiple_of")]),
        (SPECS["yen"], -1, [((), "amount_minimum")]),
        (SPECS["yen"], 1_000_001, [((), "amount_maximum")]),
        (SPECS["yen"], 0.5, [((), "yen")]),
        ("{type: yen, title: 題, minimum: 500}", 499, [((), "amount_minimum")]),
        ("{type: yen, title: 題, minimum: -5}", -1, [((), "amount_minimum")]),
        (SPECS["words"], "one", [((), "min_words")]),
        (SPECS["words"], "one two three four　five", [((), "max_words")]),
        (SPECS["words"], "one two\nthree\n\nfour", []),
        ("{type: text, title: 題, maxWords: 1}", "日本語は一語です", []),
        ("{type: text, title: 題, maxLength: 2}", "𠮷𠮷", []),
        (SPECS["time"], "08:45", [((), "time_minimum")]),
        (SPECS["time"], "09:20", [((), "time_step")]),
        (SPECS["time"], "9:30", [((), "time")]),
        ("{type: time, title: 題, exclusiveMaximum: 17:00}", "17:00", [((), "time_before")]),
        (SPECS["year_month"], "1899-12", [((), "month_minimum")]),
        (SPECS["year_month"], "2026-13", [((), "month_exists")]),
        (SPECS["year_month"], "2026-4", [((), "month_exists")]),
        ("{type: year_month, title: 題, maximum: today}", "2026-05", []),
        ("{type: year_month, title: 題, maximum: today}", "2026-06", [((), "month_maximum")]),
        ("{type: year_month, title: 題, exclusiveMaximum: today}", "2026-05", [((), "month_before")]),
        ("{type: year_month, title: 題}", "1849-01", [(("year",), "date_year")]),
        (SPECS["url"], "ftp://example.jp", [((), "url")]),
        (SPECS["url"], "https://example", [((), "url")]),
        (SPECS["url"], "https://exa mple.jp", [((), "url")]),
        (SPECS["url"], "https://user@example.jp", [((), "url")]),
        (SPECS["url"], "https://example.jp:99999/", [((), "url")]),
        (SPECS["url"], "https://-a.example.jp/", [((), "url")]),
        (SPECS["url"], "https://example.123/", [((), "url")]),
        (SPECS["url"], "https://300.1.1.1/", [((), "url")]),
        (SPECS["url"], "https://a..jp/", [((), "url")]),
        (SPECS["url"], "javascript:alert(1)", [((), "url")]),
        (SPECS["url"], "https://192.0.2.1/", []),
        (SPECS["url"], "https://[2001:db8::1]:8443/", []),
        (SPECS["url"], "http://東京都.jp/窓口", []),
        ("{type: integer, title: 題}", 1.5, [((), "whole_number")]),
        ("{type: integer, title: 題}", 3.0, []),
        ("{type: integer, title: 題}", True, [((), "whole_number")]),
        ("{type: number, title: 題, multipleOf: 0.1}", 0.3, []),
        ("{type: number, title: 題}", "1.5", [((), "number")]),
        ("{type: number, title: 題}", float("nan"), [((), "not_as_asked")]),
        ("{type: boolean, title: 題}", "yes", [((), "choose")]),
        ("{type: boolean, title: 題}", 1, [((), "choose")]),
        ("{type: date, title: 題}", "2026-02-30", [(("day",), "date_exists")]),
        ("{type: date, title: 題}", "20260501", [(("day",), "date_exists")]),
        ("{type: date, title: 題}", "0026-05-01", [(("year",), "date_year")]),
        ("{type: date, title: 題, maximum: today}", "2026-05-02", [((), "date_maximum")]),
        ("{type: date, title: 題, maximum: today}", "2026-05-01", []),
        ("{type: date, title: 題, minimum: 'add_days(today, 3)'}", "2026-05-03", [((), "date_minimum")]),
        ("{type: date, title: 題, exclusiveMinimum: today}", "2026-05-01", [((), "date_after")]),
        (SPECS["choice"], "nobody", [((), "choose")]),
        (SPECS["choice"], ["agent"], [((), "choose")]),
        (SPECS["choices"], ["land", "land"], [((), "unique_items")]),
        (SPECS["choices"], [], [((), "min_chosen")]),
        (SPECS["some"], ["land", "house", "car"], [((), "max_chosen")]),
        (SPECS["some"], ["none"], []),
        (SPECS["some"], ["none", "land"], [((), "exclusive")]),
        (SPECS["choices"], ["ship"], [((0,), "choose")]),
        (SPECS["email"], "hanako@", [((), "email")]),
        (SPECS["email"], "山田@example.jp", []),
        (SPECS["email"], "a..b@example.jp", [((), "email")]),
        (SPECS["phone"], "090-1234-5678", [((), "phone")]),
        (SPECS["phone"], "0901234567", [((), "phone")]),
        (SPECS["phone"], "09012345678", []),
        (SPECS["phone"], "0120123456", []),
        (SPECS["phone"], "0800123456", [((), "phone")]),
        (SPECS["phone"], "08001234567", []),
        (SPECS["postcode"], "163-8001", [((), "postcode")]),
        (SPECS["declaration"], False, [((), "choose")]),
        (SPECS["file"], ["a", "b", "c", "d"], [((), "max_items")]),
        (SPECS["file"], ["../etc"], [((0,), "pattern")]),
        (SPECS["file"], ["\ud800"], [((), "control_character")]),
        (SPECS["person_name"], {**NAME, "given": ""}, [(("given",), "given")]),
        (SPECS["person_name"], {**NAME, "family_kana": "山"}, [(("family_kana",), "katakana")]),
        (SPECS["person_name"], {**NAME, "given": "花\x07"}, [((), "control_character")]),
        (SPECS["person_name"], {**NAME, "middle": "x"}, [((), "unasked")]),
        (SPECS["person_name"], {**NAME, "family": "山" * 51}, [(("family",), "max_length")]),
        (SPECS["person_name"], "山田", [((), "not_as_asked")]),
        (SPECS["address"], {**ADDRESS, "postcode": ""}, [(("postcode",), "postcode")]),
        (SPECS["address"], {**ADDRESS, "prefecture": "東京"}, [(("prefecture",), "prefecture")]),
        (
            SPECS["address"],
            {**ADDRESS, "prefecture": "", "city": "", "street": ""},
            [(("prefecture",), "prefecture"), (("city",), "city"), (("street",), "street")],
        ),
        (
            "{type: address, title: 住所, prefecture: 東京都}",
            {**ADDRESS, "prefecture": "神奈川県"},
            [(("prefecture",), "only")],
        ),
        (SPECS["note"], "x", [((), "not_as_asked")]),
        (SPECS["object"], {"firm": "x", "since": "x"}, [(("since", "day"), "date_exists")]),
        (SPECS["object"], {}, [(("firm",), "missing_text")]),
        (SPECS["object"], {"firm": "x", "boss": 1}, [(("boss",), "unasked")]),
        (SPECS["object"], [], [((), "not_as_asked")]),
        (SPECS["array"], [], [((), "min_items")]),
        (SPECS["array"], [{}], [((0, "call"), "missing_text")]),
        (
            SPECS["array"],
            [{"call": "ポチ", "born": "x"}, {"call": "\x00"}],
            [((0, "born", "day"), "date_exists"), ((1, "call"), "control_character")],
        ),
        (SPECS["array"], ["ポチ"], [((0,), "not_as_asked")]),
        (SPECS["array"], {"call": "ポチ"}, [((), "not_as_asked")]),
        (SPECS["lines"], ["机", ""], []),
        (SPECS["lines"], ["机", 5], [((1,), "not_as_asked")]),
        (SPECS["days"], ["2026-05-01", "2026-05-32"], [((1, "day"), "date_exists")]),
        ("{type: array, title: 数, items: {type: integer, title: 数, maximum: 9}}", [1, 10], [((1,), "maximum")]),
        ("{type: string, title: 題, not: {enum: [東京]}}", "東京", [((), "not_as_asked")]),
    ],
)
def test_a_wrong_answer_is_found(spec: str, answer: Any, expected: list[tuple[tuple[Any, ...], str]]) -> None:
    assert failures(spec, answer) == expected


BY_PERSON = [(("given",), "given"), (("family_kana",), "family_kana"), (("given_kana",), "given_kana")]
DEPENDENT = (
    "{type: object, title: 題, dependentRequired: {a: [b]}, properties: {a: {type: string, title: 甲, optional: true}, "
    "b: {type: string, title: 乙, optional: true}}}"
)
REQUIRED = (
    "{type: object, title: 題, additionalProperties: false, required: [a], properties: "
    "{a: {type: string, title: 甲}, b: {type: string, title: 乙}}}"
)


@pytest.mark.parametrize(
    ("spec", "answer", "expected"),
    [
        (SPECS["person_name"], {"family": "山"}, BY_PERSON),
        (DEPENDENT, {"a": "1"}, [((), "not_as_asked")]),
        (DEPENDENT, {"a": "1", "b": "2"}, []),
        (REQUIRED, {"a": "1"}, []),
        (REQUIRED, {"b": "1"}, [(("a",), "missing_text")]),
    ],
)
def test_what_belongs_together(spec: str, answer: Any, expected: list[tuple[tuple[Any, ...], str]]) -> None:
    assert failures(spec, answer) == expected


def test_limits_follow_the_other_answers_of_the_same_item() -> None:
    found = procedure(
        "most: {type: integer, title: 上限}",
        "rows: {type: array, title: 行, items: {type: object, properties: {start: {type: date, title: 始}, "
        "end: {type: date, title: 終, minimum: start}, n: {type: integer, title: 数, maximum: most}}}}",
    )
    rows = [{"start": "2026-05-01", "end": "2026-05-01", "n": 3}, {"start": "2026-05-02", "end": "2026-05-01", "n": 4}]
    wrong = check_submission(found, {"most": 3, "rows": rows}, TODAY)
    assert [(failure.path, failure.key) for failure in wrong] == [
        (("rows", 1, "end"), "errors.date_minimum"),
        (("rows", 1, "n"), "errors.maximum"),
    ]
    assert wrong[0].say("ja") == "「終」は2026年5月2日以降の日付を入力してください。"
    assert wrong[1].say("en") == "“数” must be 3 or less."


def test_what_is_hidden_need_not_be_answered_and_is_not_looked_at() -> None:
    found = procedure(
        "chipped: {type: boolean, title: 有無}",
        "chip: {type: string, title: 番号, pattern: '[0-9]{15}', when: chipped, error: 15けたです}",
    )
    assert check_submission(found, {"chipped": False, "chip": "x"}, TODAY) == ()
    (short,) = check_submission(found, {"chipped": True, "chip": "x"}, TODAY)
    assert short.say("ja") == "15けたです"
    (gone,) = check_submission(found, {"chipped": True}, TODAY)
    assert gone.say("ja") == "「番号」を入力してください。"


def test_an_option_under_a_condition_must_be_open() -> None:
    found = procedure(
        "old: {type: boolean, title: 更新}",
        "kind: {type: choice, title: 種類, options: {new: 新規, renewal: {title: 更新, when: old}}}",
        "more: {type: choices, title: 追加, optional: true, options: {a: あ, b: {title: い, when: old}}}",
    )

    def keys(**answers: Any) -> list[str]:
        return [failure.key for failure in check_submission(found, answers, TODAY)]

    assert keys(old=True, kind="renewal", more=["a", "b"]) == []
    assert keys(old=False, kind="renewal") == ["errors.choose"]
    assert keys(old=False, kind="new", more=["a", "b"]) == ["errors.choose"]


def test_keys_that_nobody_asked_for_are_named_at_any_depth() -> None:
    found = procedure(f"firm: {SPECS['object']}", f"dogs: {SPECS['array']}")
    answers = {"firm": {"firm": "x", "x": 1}, "dogs": [{"call": "ポチ", "x": 1}], "x": 1, "y\x00": 2}
    wrong = check_submission(found, answers, TODAY)
    assert [failure.path for failure in wrong] == [("firm", "x"), ("dogs", 0, "x"), ("x",), ("y\x00",)]
    assert "「x」" in wrong[0].say("ja")


def test_only_the_fields_asked_for_are_checked() -> None:
    found = procedure("a: {type: string, title: 甲}", "b: {type: string, title: 乙, when: answered(a)}")
    journey = walk(found, {}, TODAY)
    assert [failure.path for failure in check_fields(found.fields.values(), {}, journey, TODAY)] == [("a",)]
    assert check_fields([found.fields["b"]], {}, journey, TODAY) == ()


def test_every_failure_can_be_said_in_every_language() -> None:
    params = {"limit": 1, "length": 2, "name": "x", "title": "題", "count": 3, "era": "昭和", "option": "甲"}
    params["example"] = "9:15"
    for key, wordings in catalogue().items():
        if key.startswith("errors."):
            assert all(wordings[language].format(**params) for language in ("ja", "easy", "en")), key
    assert Failure(("a",), "errors.maximum", {"limit": 5}).say("easy").startswith("「」は 5")


def test_concepts_bring_their_schema() -> None:
    concepts, problems = load_concepts("dog.chip:\n  type: string\n  title: 番号\n  pattern: '[0-9]{15}'\n", "c.yaml")
    assert problems == ()
    assert isinstance(concepts, Concepts)
    found = procedure("chip: {concept: dog.chip}", concepts=concepts)
    assert [failure.key for failure in check_submission(found, {"chip": "1"}, TODAY)] == ["errors.pattern"]
