"""Characters that no font draws are found before a paper is made; those that fonts draw never are."""

from pathlib import Path
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.papers import characters, fonts
from procedures.papers.characters import called, undrawable, undrawable_in
from procedures.papers.fonts import coverages, usual
from procedures.papers.typesetting import Undrawable, typeset
from tests.procedures.test_papers import CONTENTS, TEMPLATES

DRAWN = [
    "髙橋 𠮷子", "葛\U000e0100飾区", "葛\U000e0101城", "辻\U000e0101", "神\ufa19", "ｱｲｳﾊﾟ", "か\u3099", "e\u0301", "①㈱",
    "한국", "简体", "〜－―‐、。「」", "タブ\tと改行\n", "空\u200b白", "Łódź é ą", "\u3000 \u00a0",
]  # fmt: skip
LACKING = [
    ("\U0001f600", "U+1F600 GRINNING FACE"),
    ("\U0002a6a5", "U+2A6A5 CJK UNIFIED IDEOGRAPH-2A6A5"),
    ("邊\U000e0104", "U+908A U+E0104 CJK UNIFIED IDEOGRAPH-908A"),  # the sequence: the font has 邊 alone
    ("\ue000", "U+E000"),  # a private character: another one in every system
    ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("\u05e9", "U+05E9 HEBREW LETTER SHIN"),
    ("\u0e44", "U+0E44 THAI CHARACTER SARA AI MAIMALAI"),
    ("\x07", "U+0007"),
    ("\u2028", "U+2028 LINE SEPARATOR"),
    ("\ufffd", "U+FFFD REPLACEMENT CHARACTER"),
]


@pytest.mark.parametrize("text", DRAWN)
def test_what_is_drawn(text: str) -> None:
    assert undrawable(text, TEMPLATES) == ()
    typeset(TEMPLATES, "certificate", {**CONTENTS, "authority": text})


@pytest.mark.parametrize(("character", "name"), LACKING)
def test_what_is_not(character: str, name: str) -> None:
    assert undrawable(f"山{character}田{character}", TEMPLATES) == (character,)
    assert called(character) == name
    with pytest.raises(Undrawable) as error:
        typeset(TEMPLATES, "certificate", {**CONTENTS, "authority": f"東{character}京"})
    assert error.value.characters == (character,)
    assert character not in str(error.value)


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_each_is_named_once(text: str) -> None:
    found = undrawable(text, TEMPLATES)
    assert len(found) == len(set(found))
    assert all(one in text for one in found)


@given(
    st.recursive(st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9)
)
def test_every_text_of_the_contents_is_looked_at(contents: object) -> None:
    assert undrawable_in({"a": [contents, {"b": "\U0001f600"}]}, TEMPLATES)[-1] == "\U0001f600"


def test_a_font_of_the_authoritys_own_draws_what_the_usual_ones_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = usual()
    monkeypatch.setattr(fonts, "usual", lambda: (first,))
    copy(TEMPLATES / "certificate.typ", tmp_path)
    assert undrawable("𠮷", tmp_path) == ("𠮷",)
    (tmp_path / fonts.OWN).mkdir()
    copy(second, tmp_path / fonts.OWN)
    assert undrawable("𠮷", tmp_path) == ()
    assert typeset(tmp_path, "certificate", {**CONTENTS, "authority": "𠮷"}).startswith(b"%PDF")


def test_the_fonts_cover_what_names_are_written_with() -> None:
    """The kanji of JIS X 0208, kana, and what keyboards have; the fonts say it themselves."""
    drawn = {code for coverage in coverages(usual()) for code in coverage.characters}
    kana = {*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), *range(0xFF61, 0xFFA0)}
    kanji = {ord(bytes((0xA0 + row, 0xA0 + cell)).decode("euc_jp")) for row in range(16, 47) for cell in range(1, 95)}
    assert kana | kanji | {*range(0x20, 0x7F)} <= drawn
    assert len(drawn) > 30_000
    assert any(coverage.variants for coverage in coverages(usual()))


def test_selectors_belong_to_the_character_before() -> None:
    assert list(characters._clusters("葛\U000e0100飾\ufe00")) == ["葛\U000e0100", "飾\ufe00"]
    assert list(characters._clusters("\U000e0100")) == ["\U000e0100"]
