"""The author's words for one keyword come before those for the field, and those before ours."""

from datetime import date
from typing import Any

import pytest

from engine.validation import check_submission, read_fields
from tests.engine.language.specs import procedure

TODAY = date(2026, 5, 1)


def said(written: str, answer: Any, language: str = "ja") -> list[str]:
    """What is said of an answer; None: of none."""
    found = procedure(f"it: {{title: 題, {written}}}")
    return [
        failure.say(language)
        for failure in check_submission(found, {} if answer is None else {"it": answer}, TODAY)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("type: text, errors: {required: この文}", None),
        ("type: text, pattern: '[0-9]+', errors: {pattern: この文}", "x"),
        ("type: text, pattern: '[0-9]+', error: 別の文, errors: {pattern: この文}", "x"),
        ("type: text, maxLength: 2, errors: {maxLength: この文}", "xxx"),
        ("type: text, minLength: 2, errors: {minLength: この文}", "x"),
        ("type: text, maxWords: 2, errors: {maxWords: この文}", "x x x"),
        ("type: text, minWords: 2, errors: {minWords: この文}", "x"),
        ("type: integer, minimum: 3, errors: {minimum: この文}", 2),
        ("type: integer, maximum: 3, errors: {maximum: この文}", 4),
        ("type: integer, errors: {type: この文}", "x"),
        ("type: number, multipleOf: 5, errors: {multipleOf: この文}", 4),
        ("type: date, maximum: today, errors: {maximum: この文}", "2026-05-02"),
        ("type: date, exclusiveMinimum: 2026-05-01, errors: {exclusiveMinimum: この文}", "2026-05-01"),
        ("type: date, errors: {type: この文}", "2026-02-30"),
        ("type: year_month, minimum: 2026-05, errors: {minimum: この文}", "2026-04"),
        ("type: time, maximum: 17:00, errors: {maximum: この文}", "17:15"),
        ("type: time, step: 30, errors: {step: この文}", "17:15"),
        ("type: yen, maximum: 100, errors: {maximum: この文}", 101),
        ("type: choice, options: {a: 甲}, errors: {enum: この文}", "b"),
        ("type: choices, options: {a: 甲, b: 乙}, maxItems: 1, errors: {maxItems: この文}", ["a", "b"]),
        ("type: declaration, errors: {required: この文}", None),
    ],
)
def test_each_keyword_has_its_own_words(written: str, answer: Any) -> None:
    assert said(written, answer) == ["この文"]


def test_other_keywords_are_said_as_before() -> None:
    written = "type: text, minLength: 2, maxLength: 3, error: 全体の文, errors: {maxLength: {ja: 長い, en: Too long}}"
    assert said(written, "x") == ["全体の文"]
    assert said(written, "xxxx", "en") == ["Too long"]
    assert "入力" in said(written, None)[0]


def test_what_cannot_be_read_has_its_own_words_too() -> None:
    found = procedure("it: {type: number, decimals: 1, title: 題, errors: {type: 数を, decimals: 小数1けたまで}}")
    for typed, words in (("x", "数を"), ("1.25", "小数1けたまで")):
        assert [failure.say("ja") for failure in read_fields(found.fields.values(), {"it": [typed]}).failures] == [
            words
        ]


@pytest.mark.parametrize(
    ("written", "answer", "words"),
    [
        ("type: date, calendar: wareki, minimum: 2019-05-01", "2019-04-30", "令和元年5月1日以降"),
        ("type: date, calendar: both, maximum: today", "2026-05-02", "2026年5月1日（令和8年）以前"),
        ("type: year_month, minimum: 2026-04", "2026-03", "2026年4月以降"),
        ("type: time, minimum: 09:00", "08:00", "9:00以降"),
        ("type: time, minimum: 09:00, step: 30", "09:10", "9:30"),
        ("type: yen, minimum: 12000", 11000, "12,000円以上"),
        ("type: number, unit: ㎡, maximum: 10000", 10001, "10,000㎡以下"),
        ("type: choices, options: {a: 甲, n: {title: なし, exclusive: true}}", ["a", "n"], "「なし」"),
    ],
)
def test_limits_are_told_as_the_field_shows_answers(written: str, answer: Any, words: str) -> None:
    (message,) = said(written, answer)
    assert words in message


def test_a_year_after_its_era_is_told_with_the_last_day() -> None:
    found = procedure("it: {type: date, title: 題}")
    typed = {"it.year": ["昭和70"], "it.month": ["1"], "it.day": ["1"]}
    (failure,) = read_fields(found.fields.values(), typed).failures
    assert "昭和は昭和64年1月7日まで" in failure.say("ja")
    assert "7 January 1989" in failure.say("en")
    assert failure.path == ("it", "year")
