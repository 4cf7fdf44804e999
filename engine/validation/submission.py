"""The whole of the answers, as they are checked when they are submitted."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.journey import walk
from engine.model import Field, Procedure
from engine.validation.checking import check_fields
from engine.validation.failures import Failure, Path
from engine.validation.together import whole_failures


def check_submission(procedure: Procedure, answers: Mapping[str, Any], today: date) -> tuple[Failure, ...]:
    """Everything that keeps `answers` from being submitted on `today`: stops, unknown keys, each step of the path."""
    journey = walk(procedure, answers, today)
    failures = [Failure.of_stop(stop) for stop in journey.stops]
    failures += list(_unasked((), tuple(procedure.fields.values()), answers))
    for step in journey.steps:
        failures += check_fields(step.fields, journey.answers, journey, today)
    return tuple(failures or whole_failures(procedure, journey.answers))


def _unasked(path: Path, fields: tuple[Field, ...], answers: Mapping[str, Any]) -> Iterator[Failure]:
    """Keys that the procedure does not know, at any depth. A question hidden by its condition is known."""
    known = {field.id: field for field in fields}
    for name, answer in answers.items():
        field = known.get(name)
        if field is None:
            yield Failure((*path, name), "errors.unasked", {"name": name})
        elif field.properties and isinstance(answer, Mapping):
            yield from _unasked((*path, name), field.properties, answer)
        elif field.items is not None and isinstance(answer, list):
            for place, item in enumerate(answer):
                if isinstance(item, Mapping) and field.items.properties:
                    yield from _unasked((*path, name, place), field.items.properties, item)
