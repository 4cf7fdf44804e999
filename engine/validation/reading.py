"""Reads what a browser sent into JSON answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.fields.base import MISSING, FieldProblem
from engine.model import Field
from engine.validation.failures import Failure


@dataclass(frozen=True, slots=True)
class Reading:
    """`answers` by field id, without the questions left empty; `failures` for what could not be read."""

    answers: dict[str, Any]
    failures: tuple[Failure, ...]


def read_fields(fields: Iterable[Field], form: Mapping[str, Sequence[str]], prefix: str = "") -> Reading:
    """Read the inputs `<prefix><field>` or `<prefix><field>.<part>` of each field."""
    answers: dict[str, Any] = {}
    failures = []
    for field in fields:
        name = prefix + field.id
        raw = {part: form.get(f"{name}.{part}" if part else name, ()) for part in field.type.parts(field)}
        try:
            answer = field.type.parse(field, raw)
        except FieldProblem as problem:
            failures.append(Failure.of((field.id,), field, problem))
            continue
        if answer is not MISSING:
            answers[field.id] = answer
    return Reading(answers, tuple(failures))
