"""How much of the official suite of JSON Schema holds in a field, and in a whole schema that is imported.

`python -m tests.corpus.suite` writes the tables of docs/import.md. The suite lies beside the checkout.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.compiling import compile_procedure
from engine.compiling.fields.types import FORMATS
from engine.importing.writing.yaml import write
from engine.model import Field, Procedure
from engine.validation import check_received
from engine.validation.prepared import prepared
from tests.corpus.imports import CORPUS
from tests.corpus.imports import write as write_table
from tests.engine.importing.judging import DAY, accepts, bring_in, concepts, written
from tests.house.tree import ROOT

SUITE = CORPUS / "json-schema-test-suite"
DRAFT = "draft2020-12"
MAPS = frozenset({"properties", "patternProperties", "$defs", "dependentSchemas"})
DATA = frozenset({"enum", "const", "default", "examples"})


@dataclass(frozen=True)
class Group:
    """One schema of the suite with its cases: description, data, valid or not."""

    file: str
    name: str
    schema: Any
    cases: tuple[tuple[str, Any, bool], ...]


def groups(draft: str, folder: str = "") -> Iterator[Group]:
    """Every schema of a folder of the suite."""
    for path in sorted((SUITE / "tests" / draft / folder).glob("*.json")):
        for group in json.loads(path.read_text(encoding="utf-8")):
            cases = tuple((case["description"], case["data"], case["valid"]) for case in group["tests"])
            yield Group(path.stem, group["description"], group["schema"], cases)


@dataclass
class Tally:
    """Cases of one part of the suite: judged rightly, wrongly, and not judged with the reason."""

    part: str
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def count(self, group: Group, verdicts: list[bool]) -> None:
        """Add the verdicts on a group's cases."""
        for (name, _, valid), found in zip(group.cases, verdicts, strict=True):
            if found == valid:
                self.right += 1
            else:
                self.wrong.append(f"{group.file}: {group.name}: {name}")

    def leave_out(self, group: Group, why: str) -> None:
        """Add a group that cannot be judged."""
        self.left_out[why] += len(group.cases)

    @property
    def row(self) -> str:
        """The line of the table."""
        total = self.right + len(self.wrong)
        why = "; ".join(f"{reason} ({count})" for reason, count in self.left_out.most_common()) or "–"
        return f"| {self.part} | {total} | {self.right} | {len(self.wrong)} | {why} |"


def rerooted(schema: Any) -> Any:
    """The schema with its references to itself, as a definition `it` of a field."""
    if isinstance(schema, list):
        return [rerooted(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    found = {}
    for keyword, value in schema.items():
        if keyword in {"$ref", "$dynamicRef"} and isinstance(value, str) and (value == "#" or value.startswith("#/")):
            found[keyword] = f"#/$defs/it{value[1:]}"
        elif keyword in MAPS and isinstance(value, dict):
            found[keyword] = {name: rerooted(inner) for name, inner in value.items()}
        else:
            found[keyword] = value if keyword in DATA else rerooted(value)
    return found


def field_of(keywords: Mapping[str, Any]) -> Field | str:
    """A field with these keywords, compiled; or the code of the problem that forbids it."""
    spec = {
        "id": "suite",
        "version": "2026-04-01",
        "title": "見本",
        "bureau": "sample",
        "steps": {"one": {"title": "一", "fields": {"f": {"title": "項目", **keywords}}}},
        "retention": {"years": 1},
    }
    try:
        source = write(spec)
    except (TypeError, ValueError):
        return "unwritable"
    compiled = compile_procedure(source, "suite.yaml", concepts())
    if compiled.procedure is None:
        return next(problem.code for problem in compiled.problems if problem.severity == "error")
    return compiled.procedure.fields["f"]


WHY: Mapping[str, str] = {
    "bad-schema-reference": "refers to another document, or by an address of its own",
    "bad-pattern": "a pattern that no linear-time engine takes",
    "control-character": "control characters, which no spec holds",
    "number-not-exact": "numbers that JSON readers may round",
    "bad-key": "a property without a name",
    "bad-json-schema": "of no form that the standard allows in a field",
}
ADDRESSES = frozenset({"$id", "$schema", "$vocabulary"})
ADDRESSED = "has an address (`$id`) or a dialect of its own (`$schema`)"


def in_a_field() -> list[Tally]:
    """Every keyword of the standard, in a field of `type: json`."""
    tallies: dict[str, Tally] = {}
    for folder in ("", "optional"):
        for group in groups(DRAFT, folder):
            part = f"{folder}/{group.file}".lstrip("/") if folder else "required"
            tally = tallies.setdefault(part, Tally(part))
            if group.file == "dependencies-compatibility":
                tally.leave_out(
                    group, "`dependencies` is of earlier drafts: `tetsuzuki import` turns it into its successors"
                )
                continue
            if _addressed(group.schema):
                tally.leave_out(group, ADDRESSED)
                continue
            found = field_of({"type": "json", "$defs": {"it": rerooted(group.schema)}, "$ref": "#/$defs/it"})
            if isinstance(found, str):
                tally.leave_out(group, WHY.get(found, found))
            else:
                ready = prepared(found)
                tally.count(group, [not ready.errors(data) for _, data, _ in group.cases])
    return list(tallies.values())


def _addressed(schema: Any) -> bool:
    if isinstance(schema, dict):
        own = schema.keys() & ADDRESSES
        plain = {"$schema"} if schema.get("$schema", "").startswith("https://json-schema.org/draft/2020-12") else set()
        return bool(own - plain) or any(_addressed(value) for key, value in schema.items() if key not in DATA)
    return isinstance(schema, list) and any(map(_addressed, schema))


def formats() -> list[Tally]:
    """The formats that have a field type: texts only, for such a field is a text."""
    found = []
    for group in groups(DRAFT, "optional/format"):
        name = group.schema.get("format")
        if name not in FORMATS:
            continue
        procedure = _with_format(name)
        tally = Tally(f"format {name}")
        texts = tuple(case for case in group.cases if isinstance(case[1], str))
        tally.left_out["not a text"] = len(group.cases) - len(texts)
        verdicts = [not check_received(procedure, {"f": data}, DAY) for _, data, _ in texts]
        tally.count(Group(group.file, group.name, group.schema, texts), verdicts)
        found.append(tally)
    return found


def _with_format(name: str) -> Any:
    schema = {"type": "object", "properties": {"f": {"type": "string", "format": name}}, "required": ["f"]}
    return bring_in(written(schema), "format.json", {}).procedure


def imported(draft: str) -> Tally:
    """Whole schemas of the suite, imported: what a form asks and accepts of them."""
    tally = Tally(draft)
    remotes = {
        f"http://localhost:1234/{path.relative_to(SUITE / 'remotes').as_posix()}": path.read_bytes()
        for path in (SUITE / "remotes").rglob("*.json")
        if draft in path.parts or not re.search("draft|v1", str(path.relative_to(SUITE)))
    }
    for group in groups(draft):
        schema = group.schema
        if isinstance(schema, dict) and "$schema" not in schema:
            schema = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
        outcome = bring_in(written(schema), "suite.json", remotes if "localhost" in str(schema) else {})
        if outcome.procedure is None:
            tally.leave_out(group, f"refused: {outcome.refused}" if outcome.refused else outcome.problems[0].code)
            continue
        asked = None if isinstance(schema, dict) and "type" in schema else _asked(outcome.procedure)
        cases = tuple(case for case in group.cases if asked is None or _is(case[1], asked))
        tally.left_out[OTHER] += len(group.cases) - len(cases)
        verdicts = [accepts(outcome.procedure, data) for _, data, _ in cases]
        tally.count(Group(group.file, group.name, schema, cases), verdicts)
    return tally


OTHER = "a schema without `type` is asked as what its keywords speak of, so values of other types are not accepted"
KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def _asked(procedure: Procedure) -> str | None:
    """The JSON type of the whole; None where it may be several."""
    whole = [one for one in procedure.fields.values() if one.stands_at == ""]
    found = whole[0].schema.get("type") if whole else "object"
    return found if isinstance(found, str) else None


def _is(data: Any, kind: str) -> bool:
    return isinstance(data, KINDS[kind]) and (kind == "boolean") == isinstance(data, bool)


HEAD = "| part | judged | rightly | wrongly | not judged, because |\n|---|---|---|---|---|"


def report() -> dict[str, str]:
    """The tables by their mark in docs/import.md."""
    in_field = [*in_a_field(), *formats()]
    whole = [imported(draft) for draft in (DRAFT, "draft7")]
    return {
        "suite": "\n".join([HEAD, *(tally.row for tally in in_field)]),
        "suite-imported": "\n".join([HEAD, *(tally.row for tally in whole)]),
    }


def main(page: Path = ROOT / "docs" / "import.md") -> None:
    """Print the tables and put them on their page."""
    for mark, table in report().items():
        sys.stdout.write(f"{table}\n\n")
        write_table(page, mark, table)


if __name__ == "__main__":
    main()
