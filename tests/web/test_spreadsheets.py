"""What finance downloads opens in a spreadsheet as it is meant, and runs nothing."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.spreadsheets import FORMULA_STARTS, SHIFT_JIS, harmless, sheet


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+81", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠a", "\u22121", "  =1", "　＝1"],
)
def test_what_would_be_a_formula_becomes_plain_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "kept"), [("山田 花子", "山田 花子"), (-550, -550), (3000, 3000), (None, ""), ("", "")]
)
def test_names_numbers_and_nothing_stay_as_they_are(cell: object, kept: object) -> None:
    assert harmless(cell) == kept


@given(st.text())
def test_no_text_ever_starts_a_formula(cell: str) -> None:
    assert not str(harmless(cell)).lstrip(" 　").startswith(FORMULA_STARTS)


def test_a_sheet_has_a_byte_order_mark_and_windows_line_ends() -> None:
    content = sheet(["摘要", "円"], [["調定", 3000], ['"引用"', 1]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == '"摘要","円"\r\n"調定",3000\r\n"""引用""",1\r\n'


@given(
    st.lists(
        st.lists(
            st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")), min_size=2, max_size=2
        )
    )
)
def test_every_cell_comes_back_out_of_the_sheet(rows: list[list[str]]) -> None:
    content = sheet(["a", "b"], rows).decode("utf-8-sig")
    read = list(csv.reader(StringIO(content, newline="")))
    assert read[1:] == [[str(harmless(cell)) for cell in row] for row in rows]


def missing(count: int) -> str:
    return f"〓 {count}"


@pytest.mark.parametrize(
    ("text", "kept", "lost"),
    [
        ("山田 花子", "山田 花子", 0),
        ("髙橋﨑", "髙橋﨑", 0),  # of Microsoft's own rows
        ("𠮷田", "〓田", 1),
        ("葛\U000e0100飾", "〓飾", 1),
        ("𠮷\U000e0101", "〓", 1),
        ("10〜20−1—‖", "10～20－1―∥", 0),
        ("한국", "〓〓", 2),
        ("①Ⅳ㈱", "①Ⅳ㈱", 0),
    ],
)
def test_shift_jis_keeps_what_it_has_and_marks_the_rest(text: str, kept: str, lost: int) -> None:
    content = sheet(["名"], [[text]], SHIFT_JIS, missing).decode("cp932")
    lines = [f'"{line}"' for line in ("名", kept, *([missing(lost)] if lost else []))]
    assert content == "\r\n".join(lines) + "\r\n"


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\r\n")))
def test_every_text_can_be_saved_as_shift_jis(text: str) -> None:
    content = sheet(["a"], [[text]], SHIFT_JIS, missing).decode("cp932")
    read = list(csv.reader(StringIO(content, newline="")))
    assert len(read) in {2, 3}
    assert not read[1][0].lstrip(" 　").startswith(FORMULA_STARTS)
    assert (len(read) == 3) == (read[1][0].count("〓") > text.count("〓"))
