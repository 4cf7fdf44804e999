"""For a search, ways of writing the same are the same, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.searching.folding import LONGEST, fold, words_of


@pytest.mark.parametrize(
    "spellings",
    [
        ["山田 花子", "山田　花子", "山田花子", "山田・花子"],
        ["ヤマダ ハナコ", "やまだはなこ", "ﾔﾏﾀﾞ ﾊﾅｺ", "ヤマダ　はなこ"],
        ["ショウジ", "シヨウジ", "しょうじ", "ｼｮｳｼﾞ"],
        ["髙橋", "高橋", "高槗"],
        ["𠮷田", "吉田"],
        ["渡邊", "渡邉", "渡辺"],
        ["齋藤", "齊藤", "斎藤", "斉藤"],
        ["葛󠄀城", "葛城", "葛󠄁城"],
        ["神谷", "神谷"],
        [
            "03-1234-5678",
            "０３ー１２３４ー５６７８",
            "03(1234)5678",
            "+81 3 1234 5678",
            "+81-(0)3-1234-5678",
            "03 1234 5678",
        ],
        ["7K3M-9QFA", "7k3m9qfa", "７ｋ３ｍ−９ｑｆａ"],
        ["Straße", "STRASSE"],
        ["ABC商事（株）", "abc商事株"],
    ],
)
def test_these_are_the_same(spellings: list[str]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1
    assert fold(spellings[0])


@pytest.mark.parametrize(
    ("one", "another"), [("はな", "ばな"), ("佐藤", "佐籘"), ("山田", "山由"), ("サトー", "サト"), ("太田", "大田")]
)
def test_these_are_not(one: str, another: str) -> None:
    assert fold(one) != fold(another)


@given(st.text())
def test_folding_is_done_once_and_never_ends_in_signs(text: str) -> None:
    once = fold(text)
    assert all(sign.isalnum() for sign in once)
    assert len(once) <= LONGEST


@given(st.text("あアｱガ髙高邉辺aAＡ ー1１-", max_size=20))
def test_what_is_folded_stays(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("佐藤 花子", ("佐藤", "花子")),
        ("　さとう　", ("サトウ",)),
        ("03 1234 5678", ("0312345678",)),
        ("０３（１２３４）５６７８", ("0312345678",)),
        ("佐藤 03-1234", ("佐藤", "031234")),
        ("佐藤 佐藤 - !", ("佐藤",)),
        ("aa bb cc dd ee ff gg", ("aa", "bb", "cc", "dd", "ee", "ff")),
        ("サ a 090 佐 佐藤", ("佐", "佐藤")),
        ("0901", ("0901",)),
        ("", ()),
        ("%_' --", ()),
    ],
)
def test_the_words_of_a_search(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words
