"""How an imported procedure answers to the vectors of its original."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jsonschema.validators import validator_for

from engine.compiling import Concepts, compile_procedure, load_concepts
from engine.importing import Imported, Refused, Wishes, import_schema
from engine.model import Procedure
from engine.originals import from_original, to_original
from engine.problems import Problem
from engine.validation import check_received

DAY = date(2026, 5, 1)
WISHES = Wishes(version=date(2026, 4, 1), language="en")


@dataclass(frozen=True)
class Outcome:
    """What became of one definition: None where a stage was not reached."""

    name: str
    imported: Imported | None
    procedure: Procedure | None
    problems: tuple[Problem, ...] = ()
    refused: str = ""
    wrong: list[str] = field(default_factory=list)  # vectors judged unlike the original


def written(schema: Any) -> bytes:
    """The text of a source."""
    return json.dumps(schema, ensure_ascii=False).encode()


def concepts() -> Concepts:
    """None are needed."""
    return load_concepts(b"", "concepts.yaml")[0]


def bring_in(source: bytes, name: str, beside: Mapping[str, bytes], start: str = "") -> Outcome:
    """Import and compile."""
    wishes = Wishes(version=WISHES.version, language="en", start=start)
    try:
        imported = import_schema(source, name, wishes, beside)
    except Refused as refused:
        return Outcome(name, None, None, refused=refused.note.key)
    compiled = compile_procedure(imported.yaml, f"{name}.yaml", concepts())
    errors = tuple(problem for problem in compiled.problems if problem.severity == "error")
    return Outcome(name, imported, compiled.procedure, errors)


def accepts(procedure: Procedure, instance: Any) -> bool:
    """Whether this can be submitted: everything in it is asked, nothing is wrong, nothing stands off the path."""
    answers = from_original(procedure, instance)
    return not check_received(procedure, answers, DAY) and to_original(procedure, answers) == instance


def original_accepts(schema: Any, instance: Any) -> bool:
    """What the reference says, by the schema's own draft, formats included."""
    kind = validator_for(schema)
    return bool(kind(schema, format_checker=kind.FORMAT_CHECKER).is_valid(instance))
