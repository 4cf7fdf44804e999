"""The everyday controls on real pages: drawn without fault in three languages, filled in, refused, kept, shown."""

from datetime import datetime

import pytest
from flask import Flask

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from tests.web.residents.applicant import Applicant

WARDS = "".join(f"          w{n}: {{ja: 第{n}区, en: Ward {n}}}\n" for n in range(60))
SPEC = f"""\
id: controls
version: 2026-04-01
title: {{ja: 見本, en: Sample, easy: 見本}}
bureau: soumu
audience: [resident]
law: [見本条例]
sign_in: {{required: true, assurance: basic}}
before_you_start: {{minutes: 5}}
draft: {{days: 7}}
retention: {{years: 1}}
steps:
  first:
    title: {{ja: 数と日, en: Numbers and days, easy: 数と 日}}
    fields:
      adult: {{type: boolean, title: {{ja: 大人ですか, en: Are you an adult?}}}}
      born: {{type: date, title: {{ja: 生年月日, en: Birth}}, calendar: wareki, maximum: today}}
      month: {{type: year_month, title: {{ja: 入居, en: Moving in}}, calendar: both}}
      visit: {{type: time, title: {{ja: 時刻, en: Time}}, minimum: 09:00, step: 15}}
      area: {{type: number, title: {{ja: 面積, en: Area}}, decimals: 2, unit: {{ja: ㎡, en: m²}}}}
      rent: {{type: yen, title: {{ja: 家賃, en: Rent}}}}
      page: {{type: url, title: {{ja: ページ, en: Page}}}}
      plan: {{type: long_text, title: {{ja: 内容, en: Plan}}, maxLength: 20}}
      words: {{type: text, title: {{ja: 要約, en: Summary}}, maxWords: 3}}
  second:
    title: {{ja: 選ぶ, en: Choosing, easy: えらぶ}}
    fields:
      way:
        type: choice
        title: {{ja: 受取, en: Receipt}}
        options:
          post: {{ja: 郵送, en: Post}}
          counter: {{title: {{ja: 窓口, en: Counter}}, when: adult}}
          other:
            title: {{ja: その他, en: Other}}
            reveals: {{detail: {{type: text, title: {{ja: 希望, en: Wish}}}}}}
      pets:
        type: choices
        title: {{ja: 動物, en: Animals}}
        maxItems: 2
        options:
          dog: {{ja: 犬, en: Dog}}
          cat: {{ja: 猫, en: Cat}}
          fish: {{ja: 魚, en: Fish}}
          none: {{title: {{ja: なし, en: None}}, exclusive: true}}
      ward:
        type: choice
        title: {{ja: 区, en: Ward}}
        options:
{WARDS}\
      oath:
        type: declaration
        title: {{ja: 同意します, en: I agree}}
        statements: [{{ja: 事実です, en: It is true}}, {{ja: 読みました, en: I have read it}}]
"""
FIRST = {
    "adult": "no",
    "born.era": "S",
    "born.year": "６０",
    "born.month": "1",
    "born.day": "7",
    "month.era": "",
    "month.year": "2019",
    "month.month": "5",
    "visit": "午後３時半",
    "area": "12.50㎡",
    "rent": "８５，０００円",
    "page": "www.example.jp",
    "plan": "二十字まで",
    "words": "one two",
}
SECOND = {"way": "post", "pets": ["dog", "cat"], "ward": "第7区", "oath": "yes"}


@pytest.fixture
def hana(app: Flask, database: Database, people: object, now: datetime) -> Applicant:
    """Hanako, before the first page of the sample."""
    with database.write() as session:
        library.publish(session, SYSTEM, now, SPEC, "controls.yaml", "")
    person = Applicant(app, "hanako")
    person.start("controls")
    return person


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_every_control_is_drawn_without_fault(hana: Applicant, language: str) -> None:
    page = hana.at
    hana.post("/language", {"language": language})
    hana.open(page)
    hana.send(FIRST)
    assert hana.at.endswith("/second")
    hana.send({"way": "other"})  # refused, so drawn again with messages
    assert hana.problems


def test_what_people_type_is_understood_and_shown_back(hana: Applicant) -> None:
    hana.send(FIRST)
    hana.send(SECOND)
    assert hana.at.endswith("/check")
    for words in (
        "昭和60年1月7日",
        "2019年5月（令和元年）",
        "15:30",
        "12.5㎡",
        "85,000円",
        "https://www.example.jp",
        "犬、猫",
        "第7区",
    ):
        assert words in hana.main


def test_each_mistake_is_told_beside_its_control_and_nothing_typed_is_lost(hana: Applicant) -> None:
    wrong = {
        **FIRST,
        "born.year": "70",
        "month.month": "13",
        "visit": "8:00",
        "area": "1.234",
        "rent": "三万",
        "page": "ftp://x",
        "plan": "あ" * 21,
        "words": "a b c d",
    }
    assert hana.send(wrong).status_code == 422
    assert [line.split("」")[0] for line in hana.problems] == [
        "「生年月日",
        "「入居",
        "「時刻",
        "「面積",
        "「家賃",
        "「ページ",
        "「内容",
        "「要約",
    ]
    for name, text in wrong.items():
        assert hana.typed(name) == [text], name


def test_an_option_that_an_earlier_page_closed_is_not_offered(hana: Applicant) -> None:
    hana.send(FIRST)
    offered = [node.attributes["value"] for node in hana.tree.all("input") if node.attributes.get("name") == "way"]
    assert offered == ["post", "other"]
    assert hana.send({**SECOND, "way": "counter"}).status_code == 422


def test_what_is_revealed_is_asked_when_its_option_is_chosen(hana: Applicant) -> None:
    hana.send(FIRST)
    hana.send({**SECOND, "way": "other"})
    assert [line.split("」")[0] for line in hana.problems] == ["「希望"]
    hana.send({**SECOND, "way": "other", "detail": "友人へ"})
    assert "友人へ" in hana.main


def test_none_of_these_stands_alone(hana: Applicant) -> None:
    hana.send(FIRST)
    hana.send({**SECOND, "pets": ["dog", "none"]})
    assert "「なし」" in hana.problems[0]
    hana.send({**SECOND, "pets": ["dog", "cat", "fish"]})
    assert "2つまで" in hana.problems[0]


def test_what_stands_in_no_list_is_refused_and_kept(hana: Applicant) -> None:
    hana.send(FIRST)
    assert hana.send({**SECOND, "ward": "どこか"}).status_code == 422
    (select,) = [node for node in hana.tree.all("select") if node.attributes.get("name") == "ward"]
    assert select.attributes["data-typed"] == "どこか"
