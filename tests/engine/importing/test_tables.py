"""Data models in table form become questions under their English names, and answers keep the Japanese ones."""

from typing import Any

import pytest

from engine.importing.notes import Notes
from engine.importing.reading.tables import as_schema, is_table
from tests.engine.importing.judging import accepts, bring_in, written


def row(
    name: str, english: str, form: str, needed: str | None = None, least: Any = 0, most: Any = "1"
) -> dict[str, Any]:
    return {
        "項目名": name,
        "項目名（英語）": english,
        "形式": form,
        "必須項目": needed,
        "最小回数": least,
        "最大数": most,
        "説明": f"{name}を記載。",
        "記入例": None,
    }


DOG = {
    "name": "Dog",
    "items": [
        row("呼び名", "callName", "文字列", "必", 1),
        row("鑑札番号", "tag", "文字列（半角数字）"),
        row("体重", "weight", "数値（半角数字）"),
        row("生年月日", "born", "日付（YYYY-MM-DD）", None, 1),
        row("飼い主", "owner", "pd:個人", "必(*1)", "1(*1)", "n"),
    ],
}
PERSON = {
    "name": "Person",
    "items": [row("氏名", "name", "文字列", "必", 1), row("カナ", "kana", "文字列（全角カナ）")],
}
WHOLE = {
    "呼び名": "ポチ",
    "鑑札番号": "0123",
    "体重": 8.5,
    "生年月日": "2024-04-01",
    "飼い主": [{"氏名": "髙橋", "カナ": "タカハシ"}],
}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in WHOLE.items() if key != name}


@pytest.mark.parametrize(
    ("record", "fine"),
    [
        (WHOLE, True),
        (without("鑑札番号"), True),
        (without("飼い主"), True),
        (without("呼び名"), False),
        (without("生年月日"), False),
        ({**WHOLE, "鑑札番号": "A1"}, False),
        ({**WHOLE, "体重": "8"}, False),
        ({**WHOLE, "生年月日": "2024-02-30"}, False),
        ({**WHOLE, "飼い主": [{"カナ": "タカハシ"}]}, False),
        ({**WHOLE, "飼い主": [{"氏名": "髙橋", "カナ": "たかはし"}]}, False),
        ({**WHOLE, "毛色": "茶"}, False),
    ],
)
def test_records_are_judged_by_their_table(record: dict[str, Any], fine: bool) -> None:
    outcome = bring_in(written(DOG), "Dog.json", {"Person.json": written(PERSON)})
    assert outcome.procedure is not None
    assert set(outcome.procedure.fields) == {"callName", "tag", "weight", "born", "owner"}
    assert accepts(outcome.procedure, record) is fine


def test_remarks_and_repeated_rows_are_noted() -> None:
    notes = Notes()
    schema = as_schema({"name": "x", "items": [*DOG["items"], row("呼び名", "again", "文字列")]}, notes)
    assert notes.keys() == {"needed_by_remark", "repeated_row"}
    assert len(schema["properties"]) == len(DOG["items"])


@pytest.mark.parametrize(
    ("form", "text", "fine"),
    [
        ("時刻（HH:MM）", "09:30", True),
        ("時刻（HH:MM）", "24:00", False),
        ("日付（MM-DD）", "04-01", True),
        ("日付（MM-DD）", "13-01", False),
        ("年月（YYYY-MM）", "2026-04", True),
        ("年月（YYYY-MM）", "2026-4", False),
        ("文字列（半角英数字）", "Yamada Hanako", True),
        ("文字列（半角英数字）", "山田", False),
        ("文字列", "𠮷", True),
    ],
)
def test_the_forms_of_texts(form: str, text: str, fine: bool) -> None:
    outcome = bring_in(written({"name": "x", "items": [row("項目", "item", form, "必", 1)]}), "x.json", {})
    assert outcome.procedure is not None
    assert accepts(outcome.procedure, {"項目": text}) is fine


@pytest.mark.parametrize(
    "document", [{}, [], {"items": []}, {"items": [{"項目名": "x"}]}, {"items": {"type": "string"}}]
)
def test_other_documents_are_no_tables(document: Any) -> None:
    assert not is_table(document)
