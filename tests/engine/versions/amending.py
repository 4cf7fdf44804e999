"""Two versions of a small procedure for tests: fields by name, told apart by what changed in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from engine.compiling import Concepts, compile_procedure
from engine.model import Field, Procedure
from tests.engine.language.specs import FRONT, RATES

TODAY = date(2026, 11, 1)
OLD, NEW = "2026-04-01", "2026-10-01"
ONE = "title: {ja: 問い, en: Question}"

Fields = Mapping[str, str]
"""The body of each field by its name: `{"tel": "type: phone, title: 電話"}`."""


def version(fields: Fields, day: str = OLD, *, steps: Sequence[Sequence[str]] = (), more: str = "") -> Procedure:
    """A version with these fields, all in one step or in steps of these names."""
    front = FRONT.replace("2026-04-01", day)
    lines = [front, more, "steps:\n"]
    for number, names in enumerate(steps or [list(fields)], 1):
        lines.append(f"  s{number}:\n    title: {{ja: 画面{number}, en: Step {number}}}\n    fields:\n")
        lines += [f"      {name}: {{{fields[name]}}}\n" for name in names]
    found = compile_procedure("".join(lines), "spec.yaml", Concepts.empty())
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


def amended(source: str, *changes: tuple[str, str], day: str = NEW) -> Procedure:
    """A spec after these replacements, as a version of a later day."""
    source = source.replace(OLD, day, 1)
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    return procedure(source)


def procedure(source: str) -> Procedure:
    """A spec, compiled; it must have no errors."""
    found = compile_procedure(source, "spec.yaml", Concepts.empty(), RATES)
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


def at(answers: Any, place: Sequence[str | int]) -> Any:
    """The answer at a place; KeyError or IndexError where there is none."""
    for step in place:
        answers = answers[step]
    return answers


def field_at(procedure: Procedure, place: Sequence[str | int]) -> Field:
    """The question at a place."""
    fields = procedure.fields
    found: Field | None = None
    for step in place:
        if isinstance(step, str):
            found = fields[step]
            properties = found.properties or (found.items.properties if found.items else ())
            fields = {field.id: field for field in properties}
    assert found is not None
    return found
