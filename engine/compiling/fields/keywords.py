"""Sorts what a field says about its answers: standard JSON Schema, limits to compute, settings of its type."""

from dataclasses import dataclass
from typing import Any

from engine.compiling import codes
from engine.compiling.fields import patterns, types
from engine.compiling.fields.merging import Merged
from engine.compiling.fields.options import listed
from engine.fields.base import FieldType
from engine.language.kinds import FormulaSource, Part
from engine.problems import Report

LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
LIMIT = {
    "ja": "項目の型に合う値（数、2026-04-01、2026-04、09:00）か式",
    "en": "a value that fits the type, or an expression",
}

# Where fields of their own stand for them, or our types write them, the author's are not in the schema.
TAKEN_APART = frozenset({"properties", "items", "required"})


@dataclass(frozen=True, slots=True)
class Keywords:
    """The three sorts."""

    schema: dict[str, Any]
    limits: dict[str, FormulaSource]
    settings: dict[str, Any]


def split(kind: FieldType, merged: Merged, report: Report) -> Keywords:
    """Sort the keywords of a field of the type `kind`. Days written out are settings: those of JSON are numbers."""
    written = {key: plain(value) for key, value in merged.written.items() if key not in TAKEN_APART}
    limits = {key: value for key, value in written.items() if isinstance(value, FormulaSource)}
    spelled = {key: written[key] for key in LIMITS if isinstance(written.get(key), str)}
    _check_spelled(kind, spelled, merged, report)
    for key in (*limits, *spelled):
        del written[key]
    if "pattern" in written:
        written["pattern"] = patterns.anchored(written["pattern"])
    items = merged.get("items")
    if isinstance(items, Part) and kind.name == "choices":
        written["items"] = _listed_items(items)
    counted = {key: 0 for key in limits if key in {"minItems", "count"}}  # how many, only the answers tell
    schema = types.expand(kind, {**written, **listed(merged), **counted})
    own = {key: value for key, value in written.items() if key in kind.keywords}
    return Keywords(schema, limits, {**own, **spelled})


def plain(value: Any) -> Any:
    """JSON has lists where the reader gives tuples."""
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _listed_items(items: Part) -> dict[str, Any]:
    sources = items.get("options")
    return {"enum": [one.value for one in sources]} if sources else {key: plain(v) for key, v in items.values.items()}


def _check_spelled(kind: FieldType, spelled: dict[str, str], merged: Merged, report: Report) -> None:
    """Refuse a day, month or time as a limit of what is none."""
    for key, text in spelled.items():
        try:
            kind.bound(text)
        except ValueError:
            place, path = merged.part.place(key), merged.part.at(key)
            report.add(codes.BAD_KEYWORD, place, path, key=key, complaint=f"{text}: {kind.name}", meaning=LIMIT)
