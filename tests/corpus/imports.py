"""How much of real definitions is carried over: `python -m tests.corpus.imports` writes the tables of docs/import.md.

The definitions lie beside the checkout. Of each vector the verdict of the imported procedure is held against that of
the reference implementation, which reads the original by its own draft.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from engine.importing.reading.tables import FORM, NAME, SAMPLE, TABLES
from engine.originals import from_original
from engine.validation import Failure, check_submission
from tests.engine.importing.judging import DAY, Outcome, accepts, bring_in, original_accepts, written
from tests.house.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
STRICT_FORMATS = frozenset({"errors.email", "errors.date_exists", "errors.date_year"})


@dataclass
class Tally:
    """The figures of one source."""

    source: str
    definitions: int = 0
    imported: int = 0
    compiled: int = 0
    whole: int = 0  # without a note that says something was lost for size
    vectors: int = 0
    same: int = 0
    own: int = 0  # judged as the source's own tests want it
    why: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> bool:
        """Count a definition; whether it compiled."""
        self.definitions += 1
        self.imported += outcome.imported is not None
        self.compiled += outcome.procedure is not None
        dropped = {"rules_dropped", "list_dropped", "folded"}
        self.whole += outcome.imported is not None and not dropped & {note.key for note in outcome.imported.notes}
        if outcome.refused:
            self.why[f"refused: {outcome.refused}"] += 1
        for problem in outcome.problems:
            self.why[f"does not compile: {problem.code}"] += 1
        return outcome.procedure is not None

    def judge(self, outcome: Outcome, instance: Any, wanted: bool, own: bool | None = None) -> None:
        """Count a vector, with the reason where the verdicts differ. `own`: what the source's own tests want."""
        assert outcome.procedure is not None
        self.vectors += 1
        accepted = accepts(outcome.procedure, instance)
        self.own += accepted == (wanted if own is None else own)
        if accepted == wanted:
            self.same += 1
            return
        failures = check_submission(outcome.procedure, from_original(outcome.procedure, instance), DAY)
        self.why[_reason(failures, wanted=wanted)] += 1


def _reason(failures: tuple[Failure, ...], *, wanted: bool) -> str:
    keys = {failure.key for failure in failures}
    if not wanted:
        return "accepted though the original refuses"
    if keys and keys <= STRICT_FORMATS:
        return "e-mail addresses and days are checked more strictly than the reference does"
    if keys == {"errors.unasked"}:
        return "a property that the original does not name (it accepts any)"
    return "refused: " + ", ".join(sorted(keys))


def vets() -> Tally:
    """Form schemas with vectors, draft 4."""
    tally = Tally("vets-json-schema")
    for path in sorted((CORPUS / "vets-json-schema" / "vectors").glob("*.json")):
        for group in json.loads(path.read_bytes()):
            outcome = bring_in(written(group["schema"]), path.name, {})
            if tally.add(outcome):
                for case in group["cases"]:
                    instance, own = case["instance"], case["valid"]
                    tally.judge(outcome, instance, original_accepts(group["schema"], instance), own)
    return tally


def digital_planning(*, few: bool = False) -> Tally:
    """Very large schemas with payloads, draft 7; each also without each top-level member.

    A `few`: of each schema the first payload, whole and without one member.
    """
    tally = Tally("digital-planning")
    folder = CORPUS / "digital-planning"
    for path in sorted((folder / "schemas").glob("*.json")):
        schema = json.loads(path.read_bytes())
        outcome = bring_in(path.read_bytes(), path.name, {})
        if tally.add(outcome):
            for example in sorted((folder / "examples" / path.stem).glob("*.json"))[: 1 if few else None]:
                payload = json.loads(example.read_bytes())
                for instance in (payload, *islice(_without_one(payload), 1 if few else None)):
                    tally.judge(outcome, instance, original_accepts(schema, instance))
    return tally


def gif() -> Tally:
    """Data models in table form; their sample entries as one record, and that without each of its members."""
    tally = Tally("gif-japan-dmd-json")
    tables = {path.name: path.read_bytes() for path in sorted((CORPUS / "gif-japan-dmd-json").rglob("json/*.json"))}
    read = {name: json.loads(source) for name, source in tables.items()}
    for name, source in tables.items():
        others = {other: text for other, text in tables.items() if other != name}
        outcome = bring_in(source, name, others)
        if tally.add(outcome):
            record = _sample(read, name, ()) or {}
            tally.judge(outcome, record, wanted=True)
            needed = {str(row[NAME]) for row in read[name]["items"] if _is_needed(row)}
            for left_out in record:
                rest = {key: value for key, value in record.items() if key != left_out}
                tally.judge(outcome, rest, wanted=left_out not in needed)
    return tally


def _is_needed(row: Mapping[str, Any]) -> bool:
    """As the tables say it: by a mark without a remark, or by the least number."""
    return row["必須項目"] == "必" or (row["必須項目"] is None and str(row["最小回数"]) == "1")


def _without_one(payload: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name in payload:
        yield {key: value for key, value in payload.items() if key != name}


def _sample(tables: Mapping[str, Any], name: str, trail: tuple[str, ...]) -> dict[str, Any] | None:
    """A record out of a table's sample entries; what refers to another table is filled from that one's.

    None where something that is needed would never end.
    """
    found: dict[str, Any] = {}
    for row in tables[name]["items"]:
        value = _entry(tables, row, (*trail, name))
        if value is None and _is_needed(row):
            return None
        if value is not None:
            found[str(row[NAME])] = [value] if str(row["最大数"]) not in {"1", "１"} else value
    return found


def _entry(tables: Mapping[str, Any], row: Mapping[str, Any], trail: tuple[str, ...]) -> Any:
    form, sample = str(row[FORM]), row[SAMPLE]
    if "pd:" in form:
        other = f"{TABLES[form.rsplit('pd:', 1)[-1].strip('）')]}.json"
        return None if trail.count(other) > 1 else _sample(tables, other, trail)
    if "数値" in form or form == "半角数字":
        try:
            return float(sample)
        except (TypeError, ValueError):
            return 1
    return sample if isinstance(sample, str) and sample.strip() else None


SOURCES: tuple[Callable[[], Tally], ...] = (vets, digital_planning, gif)


def report() -> str:
    """The tables as Markdown."""
    tallies = [measure() for measure in SOURCES]
    lines = [
        "| source | definitions | imported | compile | without loss for size | vectors | as reference | as own tests |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in tallies:
        shares = " | ".join(f"{count} ({count / max(one.vectors, 1):.1%})" for count in (one.same, one.own))
        lines.append(
            f"| {one.source} | {one.definitions} | {one.imported} | {one.compiled} | {one.whole} "
            f"| {one.vectors} | {shares} |"
        )
    lines += ["", "| source | judged otherwise, because | vectors |", "|---|---|---|"]
    lines += [f"| {one.source} | {why} | {count} |" for one in tallies for why, count in one.why.most_common()]
    return "\n".join(lines)


def write(page: Path, mark: str, table: str) -> None:
    """Put a table between its marks on a page."""
    before, rest = page.read_text(encoding="utf-8").split(f"<!-- {mark} -->", 1)
    after = rest.split(f"<!-- /{mark} -->", 1)[1]
    page.write_text(f"{before}<!-- {mark} -->\n{table}\n<!-- /{mark} -->{after}", encoding="utf-8")


if __name__ == "__main__":
    found = report()
    sys.stdout.write(found + "\n")
    write(ROOT / "docs" / "import.md", "imports", found)
