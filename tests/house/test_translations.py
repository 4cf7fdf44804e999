"""Chinese and Korean follow the catalogue: the same parameters, nothing obsolete, little that is missing."""

import pytest

from engine.words import INSTEAD, LANGUAGES, TRANSLATED, catalogue, say, translations
from tests.house import translations as house
from tests.house.tree import expect_none

MAY_WAIT = 0
"""Wordings that may wait for their translation, while whole areas are being written; see `house.main`."""


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_takes_the_parameters_of_the_original(language: str) -> None:
    expect_none(house.differing(catalogue(), translations(language), language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_little_is_missing_of_what_residents_read(language: str) -> None:
    waiting = house.missing(catalogue(), language)
    told = f"{len(waiting)} wordings wait for {language}: run python -m tests.house.translations {language}"
    assert len(waiting) <= MAY_WAIT, told


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_not_translated_yet_is_shown_in_english(language: str) -> None:
    assert INSTEAD[language] == "en"
    assert say("desk.no_due", language) == say("desk.no_due", "en") != say("desk.no_due", "ja")


def test_no_wording_is_cut_by_a_comma_that_stands_without_quotes() -> None:
    expect_none([key for key, wording in catalogue().items() if set(wording) - set(LANGUAGES)])


SMALL = {
    "shop.open": {"ja": "{n}時に開く", "en": "Opens at {n}", "zh": "{n}点开门"},
    "desk.late": {"ja": "遅れ", "en": "Late"},
    "desk.letter_yes": {"ja": "はい", "en": "Yes"},
}


def test_what_residents_read_is_missed() -> None:
    assert house.missing(SMALL, "zh") == ["desk.letter_yes"]
    assert house.missing(SMALL, "ko") == ["shop.open", "desk.letter_yes"]


def test_what_is_gone_from_the_catalogue_is_obsolete() -> None:
    assert house.obsolete(SMALL, {"shop.open": "…", "shop.shut": "…"}) == ["shop.shut"]


@pytest.mark.parametrize("words", ["开门", "{m}点开门", "{n}点{m}分", "{n}点#分"])
def test_other_parameters_are_found(words: str) -> None:
    assert len(house.differing(SMALL, {"shop.open": words}, "zh")) == 1
    assert not house.differing(SMALL, {"shop.open": "从{n}点起", "shop.gone": "{m}"}, "zh")
