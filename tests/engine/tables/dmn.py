"""Published decision tables (DMN conformance cases) in our language: `python -m tests.engine.tables.dmn` lists them.

The cases stand beside the checkout. What needs more of FEEL than literals, comparisons and `not` is left out, with why.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.house.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "dmn-tck" / "decision_tables.dev.json"
HITS = {"UNIQUE": "unique", "ANY": "any", "FIRST": "first", "PRIORITY": "priority", "COLLECT": "collect"}
AGGREGATIONS = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}
SIGNS = {">=": "from", ">": "above", "<=": "up_to", "<": "below"}
TYPES = {
    "decimal": "number",
    "double": "number",
    "integer": "number",
    "string": "text",
    "boolean": "boolean",
    "date": "date",
}
LITERAL = re.compile(r'"[^"]*"|-?[0-9]+(?:\.[0-9]+)?|true|false')


class Foreign(Exception):
    """Written in a way that our tables do not have; the text says which."""


@dataclass(frozen=True)
class Sample:
    """One table with its cases: the names of its inputs among our fields, the table, inputs and what must come out."""

    name: str
    fields: Mapping[str, str]
    table: Mapping[str, Any]
    cases: tuple[tuple[str, dict[str, Any], Any], ...]


def samples() -> Iterator[tuple[str, Sample | str]]:
    """Every table by name: the sample, or why it is left out."""
    for source in json.loads(CORPUS.read_text(encoding="utf-8")):
        for table in source["tables"]:
            name = f"{source['dir'].rsplit('/', 1)[-1]} {table['decision']}"
            try:
                yield name, _sample(name, table, source["cases"])
            except Foreign as foreign:
                yield name, str(foreign)


def _sample(name: str, table: Mapping[str, Any], cases: list[Mapping[str, Any]]) -> Sample:
    names = {written: f"in_{place}" for place, written in enumerate(table["inputs"])}
    kinds = {key: TYPES.get(one["type"], one["type"]) for case in cases for key, one in case["inputs"].items()}
    for written in names:
        if kinds.get(written) not in set(TYPES.values()):
            raise Foreign(f"the input {written!r} is no plain value in its cases")
    rows = [_row(rule, names, table["outputs"]) for rule in table["rules"]]
    said: dict[str, Any] = {"on": list(names.values()), "hit": _hit(table), "rows": rows}
    if said["hit"] == "priority":
        if len(table["outputs"]) > 1:
            raise Foreign("priority over several outputs")
        said["order"] = _literals(table["outputs"][0]["values"] or "")
    checked = [case for case in cases if table["decision"] in case["expected"]]
    return Sample(
        name,
        {names[written]: kinds[written] for written in names},
        said,
        tuple((case["id"], _inputs(case, names), _plain(case["expected"][table["decision"]])) for case in checked),
    )


def _hit(table: Mapping[str, Any]) -> str:
    if table["aggregation"]:
        return AGGREGATIONS[table["aggregation"]]
    found = HITS.get(table["hitPolicy"])
    if found is None:
        raise Foreign(f"hit policy {table['hitPolicy']}")
    return found


def _row(rule: Mapping[str, Any], names: Mapping[str, str], outputs: list[Mapping[str, Any]]) -> dict[str, Any]:
    row = {
        field: _cell(text.strip())
        for field, text in zip(names.values(), rule["when"], strict=True)
        if text.strip() != "-"
    }
    given = [_literal(text.strip()) for text in rule["then"]]
    row["give"] = (
        given[0] if len(outputs) == 1 else {one["name"]: value for one, value in zip(outputs, given, strict=True)}
    )
    return row


def _cell(text: str) -> Any:
    if text.startswith("not(") and text.endswith(")"):
        return {"not": _cell(text[4:-1])}
    if sign := re.match(r"[<>]=?", text):
        return {SIGNS[sign[0]]: _literal(text[sign.end() :].strip())}
    if interval := re.fullmatch(r"([\[\](])(.+)\.\.(.+)([\[\])])", text):
        low, high = _literal(interval[2].strip()), _literal(interval[3].strip())
        return {"from" if interval[1] == "[" else "above": low, "up_to" if interval[4] == "]" else "below": high}
    found = _literals(text)
    return found[0] if len(found) == 1 else found


def _literals(text: str) -> list[Any]:
    return [_literal(part.strip()) for part in re.findall(r'"[^"]*"|[^,]+', text)]


def _literal(text: str) -> Any:
    if not LITERAL.fullmatch(text):
        raise Foreign(f"FEEL: {text}")
    return json.loads(text)


def _inputs(case: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names[name]: _value(one) for name, one in case["inputs"].items() if name in names}


def _plain(expected: Mapping[str, Any]) -> Any:
    return None if expected["error"] else _value(expected["value"])


def _value(one: Any) -> Any:
    if one is None or "type" not in one:
        return one and {name: _value(inner) for name, inner in one.items()}
    kind = TYPES.get(one["type"])
    if kind == "number":
        return float(one["value"])
    return one["value"] == "true" if kind == "boolean" else one["value"]


if __name__ == "__main__":
    for name, found in samples():
        sys.stdout.write(f"{name}: {found if isinstance(found, str) else f'{len(found.cases)} cases'}\n")
