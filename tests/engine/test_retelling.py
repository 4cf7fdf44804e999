"""Wordings that repeat answers: read from braces, told where the answer is known, whole where it is not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.journey import walk
from engine.model import Text
from engine.retelling import repeated_in, teller
from tests.engine.language.specs import procedure

TODAY = date(2026, 5, 1)
PROCEDURE = procedure(
    "who: {type: person_name, title: 氏名}",
    "kind: {type: choice, title: 動物, options: {dog: {ja: 犬, en: dog}, cat: 猫}}",
    "born: {type: date, title: '{kind|動物}の生まれた日'}",
    "tall: {type: number, title: 高さ, unit: cm, when: kind == 'dog'}",
    "home: {type: object, title: 家, properties: {town: {type: text, title: 町}, flat: {type: address, title: 住所}}}",
    "toys: {type: array, title: おもちゃ, items: {type: object, properties: {name: {type: text, title: 名前}}}}",
    more="calculated: {twice: {unit: 円, value: tall * 2}}\n",
)
ANSWERS = {
    "who": {"family": "髙橋", "given": "花子", "family_kana": "タカハシ", "given_kana": "ハナコ"},
    "kind": "dog",
    "born": "2020-04-01",
    "tall": 12.5,
    "home": {"town": "西新宿", "flat": {"city": "新宿区"}},
    "toys": [{"name": "ボール"}],
}


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("{who|あなた}", "髙橋 花子"),
        ("{who.family|あなた}さん", "髙橋さん"),
        ("{kind|動物}の名前", "犬の名前"),
        ("{born|いつか}から", "2020年4月1日から"),
        ("{tall|？}と{twice|？}", "12.5cmと25円"),
        ("{home.town|町}、{home.flat.city|区}", "西新宿、新宿区"),
        ("{home.flat.street|番地}", "番地"),
        ("{nothing|何か}", "何か"),
        ("{kind.x|動物}", "動物"),
        ("{kind}と{kind|}と{|x}と{KIND|x}", "{kind}と{kind|}と{|x}と{KIND|x}"),
    ],
)
def test_an_answer_stands_in_its_place(wording: str, said: str) -> None:
    text = Text.written({"ja": wording})
    assert text.told(teller(walk(PROCEDURE, ANSWERS, TODAY))).ja == said


def test_each_language_tells_in_its_own() -> None:
    text = Text.written({"ja": "{kind|動物}の名前", "en": "Name of the {kind|animal}", "easy": "なまえ"})
    assert (text.ja, text.say("en"), text.say("easy")) == ("動物の名前", "Name of the animal", "なまえ")
    told = text.told(teller(walk(PROCEDURE, ANSWERS, TODAY)))
    assert (told.ja, told.say("en"), told.say("easy")) == ("犬の名前", "Name of the dog", "なまえ")
    assert told.say("zh") == "犬の名前"


def test_readings_stay_and_an_answer_is_never_taken_for_one() -> None:
    text = Text.written({"ja": "{who.family|飼《か》い主《ぬし》}の犬《いぬ》"})
    assert (text.ja, text.read["ja"]) == ("飼い主の犬", "飼《か》い主《ぬし》の犬《いぬ》")
    told = text.told(lambda *_: "髙橋")
    assert (told.ja, told.read["ja"]) == ("髙橋の犬", "髙橋の犬《いぬ》")
    told = text.told(lambda *_: "山《やま》")
    assert (told.ja, dict(told.read)) == ("山《やま》の犬", {})
    assert text.told(lambda *_: None).read == text.read


def test_what_left_the_path_is_not_told() -> None:
    text = Text.written({"ja": "{tall|高さ}、{twice|倍}"})
    assert text.told(teller(walk(PROCEDURE, {**ANSWERS, "kind": "cat"}, TODAY))).ja == "高さ、倍"


def test_the_answers_of_an_item_go_before_those_outside() -> None:
    toys = PROCEDURE.fields["toys"]
    tell = teller(walk(PROCEDURE, ANSWERS, TODAY), (toys.item_fields, {"name": "ボール"}))
    assert tell("name", "ja") == "ボール"
    assert tell("kind", "en") == "dog"
    assert teller(walk(PROCEDURE, ANSWERS, TODAY))("name", "ja") is None


def test_a_question_knows_whether_its_words_repeat_anything() -> None:
    assert repeated_in(PROCEDURE.fields["born"])
    assert not repeated_in(PROCEDURE.fields["home"])


@given(st.text(alphabet="ab{}|.あ_ "))
def test_any_text_is_a_wording_that_reads_back(wording: str) -> None:
    text = Text.written({"ja": wording})
    assert text.as_written("ja") == wording
    assert text.told(lambda *_: None).ja == text.ja


@given(st.dictionaries(st.sampled_from(["who", "kind", "tall", "home"]), st.sampled_from(list(ANSWERS.values()))))
def test_no_answers_however_wrong_make_a_wording_fail(answers: dict[str, Any]) -> None:
    journey = walk(PROCEDURE, answers, TODAY)
    text = Text.written({"ja": "{who|a}{who.family|b}{kind|c}{tall|d}{home.flat.city|e}"})
    assert text.told(teller(journey)).ja
