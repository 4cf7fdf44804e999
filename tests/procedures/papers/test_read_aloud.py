"""Papers are tagged as PDF/UA-1 wants it, their text can be taken out in its order, and pages break between items."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from procedures.papers.codes import qr_svg
from tests.procedures.test_papers import paper

LONG = "髙" * 250 + "橋" * 250


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    items = [{"heading": f"犬（{n}件目）", "entries": [{"label": "名", "value": f"ポチ{n}"}]} for n in range(1, 41)]
    plain = {
        "heading": "",
        "entries": [{"label": "氏名", "value": LONG}, {"label": "住所", "value": "葛\U000e0100飾区"}],
    }

    marked = {
        "code": "HM3N-NMZ7-PMTE-ZXLS",
        "code_label": "確認コード",
        "verify_at": "次のページで",
        "verify_page": "x",
    }
    return PdfReader(
        BytesIO(paper(parts=[plain, *items], qr=qr_svg("https://t.example/verify/X"), qr_alt="QR", **marked))
    )


def tags(node: Any) -> list[Any]:
    """Every element of the tree of tags, in its order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for one in node for found in tags(one)]
    if not isinstance(node, dict):
        return []
    below = tags(node["/K"]) if "/K" in node else []
    return [node, *below] if "/S" in node else below


def test_it_says_that_it_is_tagged(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ja"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "納税証明書"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert all(page.get("/Tabs") in {None, "/S"} for page in reader.pages)


def test_its_structure_has_a_heading_and_names_its_pictures(reader: PdfReader) -> None:
    found = tags(reader.trailer["/Root"]["/StructTreeRoot"])
    kinds = [node["/S"] for node in found]
    assert kinds[0] == "/Document"
    assert kinds.count("/H1") == 1
    assert [node["/Alt"] for node in found if node["/S"] == "/Figure"] == ["QR"]


def test_long_names_and_lists_are_whole_and_in_order(reader: PdfReader) -> None:
    assert 2 <= len(reader.pages) <= 6
    text = "".join(page.extract_text() for page in reader.pages)
    assert text.count("髙") == text.count("橋") == 250
    assert "葛\U000e0100飾区" in text
    order = [text.index(words) for words in ("shuzei-2026-000001", "東京都", "証明します", "氏名", "住所", "HM3N-NMZ7")]
    assert order == sorted(order)
    places = [text.index(f"犬（{n}件目）") for n in range(1, 41)]
    assert places == sorted(places)
    for page in reader.pages:  # an item is never torn from its heading
        lines = page.extract_text().splitlines()
        assert not [line for line in lines[-2:-1] if "件目" in line]


def test_every_page_is_numbered(reader: PdfReader) -> None:
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"{number} / {count}" in page.extract_text()
