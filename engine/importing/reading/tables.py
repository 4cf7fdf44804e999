"""Data models in the Digital Agency's table form (GIF core data models: one row an item) as JSON Schema."""

import re
from collections.abc import Mapping
from typing import Any

from engine.importing.notes import Notes, pointer

NAME, ENGLISH, FORM, NEEDED = "項目名", "項目名（英語）", "形式", "必須項目"
LEAST, MOST, MEANING, SAMPLE = "最小回数", "最大数", "説明", "記入例"

# What the tables call each other, and the tables' own names: GIF 430, コアデータモデル.
TABLES: Mapping[str, str] = {
    "住所": "Address",
    "連絡先": "ContactPoint",
    "施設連絡先": "ContactPointForFacility",
    "法人連絡先": "ContactPointForLegalentity",
    "個人連絡先": "ContactPointForPerson",
    "コード情報型": "CodeInformationType",
    "ID情報型": "IDInformationType",
    "役割関与情報型": "RoleInformationType",
    "アクセシビリティ": "Accessibility",
    "設備": "Equipment",
    "子育て支援情報": "ChildcareService",
    "個人": "Person",
    "法人": "LegalEntity",
    "建物": "Building",
    "施設": "Facility",
    "事業所": "Office",
    "土地": "Land",
    "イベント": "Event",
}

# The forms of values, the first that is found decides.
FORMS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (r"YYYY-MM-DD.*HH|日時", {"type": "string", "format": "date-time"}),
    (r"YYYY-MM-DD", {"type": "string", "format": "date"}),
    (r"YYYY-MM", {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}),
    (r"MM-DD", {"type": "string", "pattern": "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}),
    (r"HH:MM", {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
    (r"UR[IL]", {"type": "string", "format": "uri"}),
    (r"メール", {"type": "string", "format": "email"}),
    (r"真偽", {"type": "boolean"}),
    (r"文字列.*半角数字", {"type": "string", "pattern": "^[0-9]+$"}),
    (r"文字列.*半角", {"type": "string", "pattern": "^[ -~]+$"}),
    (r"カナ", {"type": "string", "pattern": "^[ァ-ヶー・ 　]+$"}),
    (r"整数", {"type": "integer"}),
    (r"数値|半角数字", {"type": "number"}),
)


def is_table(document: Any) -> bool:
    """Whether it is a data model in table form."""
    rows = document.get("items") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not rows:
        return False
    return all(isinstance(row, dict) and {NAME, FORM} <= row.keys() for row in rows)


def as_schema(table: Mapping[str, Any], notes: Notes) -> dict[str, Any]:
    """The JSON Schema of one record: a property for each row, under its Japanese name."""
    properties: dict[str, Any] = {}
    required = []
    for index, row in enumerate(table["items"]):
        place = pointer("", "items", index)
        name = str(row[NAME]).strip()
        if name in properties:
            notes.add("repeated_row", place, name=name)
            continue
        needed = str(row.get(NEEDED) or "")
        if "*" in needed:
            notes.add("needed_by_remark", place, name=name, remark=needed)
        elif needed or str(row.get(LEAST) or "0").strip() == "1":
            required.append(name)
        properties[name] = _property(row, name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": str(table.get("name", "")),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _property(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    wording = {"title": name, "description": str(row.get(MEANING) or ""), "x-name": str(row.get(ENGLISH) or "")}
    one = _form(str(row[FORM] or ""))
    if str(row.get(MOST) or "1").strip() in {"1", "１"}:
        return {**wording, **one}
    return {**wording, "type": "array", "items": one}


def _form(form: str) -> dict[str, Any]:
    named = re.findall(r"pd:([^\s（）():]+)", form)
    if named:
        name = named[-1]
        return {"$ref": f"{TABLES.get(name, TABLES.get(name.removesuffix('型'), name))}.json"}
    return dict(next((found for sign, found in FORMS if re.search(sign, form)), {"type": "string"}))
