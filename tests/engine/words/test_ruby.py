"""Readings above kanji: what is marked, and that no word is ever lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Text
from engine.words import catalogue, readings, say
from engine.words.ruby import Piece, left_over, pieces, read_out, without_readings

SIGNS = st.text(st.sampled_from("犬飼お祝葛\U000e0100い々ヶたロー｜《》 a\n"), max_size=30)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("犬《いぬ》の とうろく", [Piece("犬", "いぬ"), Piece("の とうろく")]),
        ("お金《かね》", [Piece("お"), Piece("金", "かね")]),
        ("｜お祝《おいわ》い", [Piece("お祝", "おいわ"), Piece("い")]),
        ("電話番号《でんわ ばんごう》", [Piece("電話番号", "でんわ ばんごう")]),
        ("人々《ひとびと》が", [Piece("人々", "ひとびと"), Piece("が")]),
        ("葛\U000e0100飾《かつしか》", [Piece("葛\U000e0100飾", "かつしか")]),
        ("𠮷野《よしの》", [Piece("𠮷野", "よしの")]),
        ("一ヶ月《いっかげつ》", [Piece("一ヶ月", "いっかげつ")]),
        ("｜ＩＣカード《アイシーカード》", [Piece("ＩＣカード", "アイシーカード")]),
        ("犬", [Piece("犬")]),
        ("", []),
    ],
)
def test_kana_belong_to_the_kanji_before_them(written: str, found: list[Piece]) -> None:
    assert list(pieces(written)) == found
    assert without_readings(written) == "".join(piece.words for piece in found)
    assert not left_over(written)


@pytest.mark.parametrize(
    "written",
    [
        "《様式》を見る",
        "犬《いぬ",
        "犬いぬ》",
        "犬《》",
        "犬《dog》",
        "いぬ《犬》",
        "｜お祝い",
        "かな《かな》",
        "犬《い\nぬ》",
    ],
)
def test_marks_that_do_not_fit_together_stay_and_are_told(written: str) -> None:
    assert without_readings(written) == written
    assert left_over(written)


@given(SIGNS)
def test_no_word_is_lost(written: str) -> None:
    found = list(pieces(written))
    assert without_readings(written) == "".join(piece.words for piece in found)
    again = "".join(f"｜{piece.words}《{piece.reading}》" if piece.reading else piece.words for piece in found)
    assert [piece.reading for piece in pieces(again) if piece.reading] == [p.reading for p in found if p.reading]
    assert without_readings(written).translate(dict.fromkeys(map(ord, "｜《》"))) in _letters(written, found)


def _letters(written: str, found: list[Piece]) -> list[str]:
    """The letters of what was written, readings and marks taken out."""
    plain = written
    for piece in found:
        if piece.reading:
            start = plain.index("《", plain.index(piece.words))
            plain = plain[:start] + plain[plain.index("》", start) + 1 :]
    return [plain.translate(dict.fromkeys(map(ord, "｜《》")))]


TEXT = Text.written({"ja": "犬《いぬ》の登録", "en": "Dog《x》", "zh": "犬《いぬ》"})


def test_only_japanese_has_readings() -> None:
    assert (TEXT.ja, TEXT.say("en"), TEXT.say("zh")) == ("犬の登録", "Dog《x》", "犬《いぬ》")
    assert TEXT.read == {"ja": "犬《いぬ》の登録"}


def test_readings_are_for_readers_of_easy_japanese() -> None:
    assert list(TEXT.pieces("easy")) == [Piece("犬", "いぬ"), Piece("の登録")]
    for language in ("ja", "en", "zh", "ko"):
        assert [piece.reading for piece in TEXT.pieces(language)] == [""]
    own = Text.written({"ja": "犬《いぬ》", "easy": "わんわん"})
    assert list(own.pieces("easy")) == [Piece("わんわん")]


@pytest.mark.parametrize(
    ("japanese", "language", "answered"),
    [("A4", "zh", "zh"), ("2,000", "en", "en"), ("犬", "zh", "ja"), ("ポチ", "ko", "ja"), ("犬", "ja", "ja")],
)
def test_words_without_a_japanese_letter_are_in_every_language(japanese: str, language: str, answered: str) -> None:
    assert Text(japanese).language_of(language) == answered


def test_the_catalogue_is_said_without_readings() -> None:
    assert readings()
    for key, written in readings().items():
        assert say(key, "easy") == without_readings(written) == catalogue()[key]["easy"]
    marked = [key for key, wording in catalogue().items() if any("《" in words for words in wording.values())]
    assert {key.rpartition(".")[0] for key in marked} == {"problems.bad-ruby"}


def test_a_wording_reads_out_as_it_sounds() -> None:
    assert read_out("｜お祝《おいわ》いと犬《いぬ》の登録") == "おいわいといぬの登録"
