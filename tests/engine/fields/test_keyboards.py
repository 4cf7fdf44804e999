"""Japanese keyboards: what is made plain, and what stays itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields.keyboards import digits_of, has_control_character, katakana, plain


@pytest.mark.parametrize("dash", list("-‐‑‒–—―−－ーｰ﹣⁃⁻₋─━"))
def test_every_dash_is_a_dash(dash: str) -> None:
    assert plain(f"１２{dash}３４") == "12-34"
    assert digits_of(f"１２{dash}３４") == "1234"


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("やまだ", "ヤマダ"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("ヴァン　ゴッホ", "ヴァン ゴッホ"),
        ("ゔ", "ヴ"),
        (" ｼﾞｮﾝ  ｽﾐｽ ", "ジョン スミス"),
        ("ー", "ー"),
        ("山田", "山田"),
    ],
)
def test_readings_become_katakana(typed: str, kana: str) -> None:
    assert katakana(typed) == kana


@given(st.text())
def test_katakana_of_katakana_is_the_same(text: str) -> None:
    assert katakana(katakana(text)) == katakana(text)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85", "\ud800", "\u202e", "\u2066", "\r"])
def test_unseen_signs_are_found(sign: str) -> None:
    assert has_control_character(f"山{sign}田")
    assert has_control_character(f"山{sign}田", lines=True)


@pytest.mark.parametrize("text", ["葛󠄀飾", "👨‍👩‍👧", "髙", "𠮷", "é", "שלום", "ा", "﨑"])
def test_how_names_are_written_is_left_alone(text: str) -> None:
    assert not has_control_character(text)


def test_line_breaks_are_fine_where_there_are_lines() -> None:
    assert has_control_character("一\n二")
    assert not has_control_character("一\n二", lines=True)
    assert has_control_character("一\t二", lines=True)
