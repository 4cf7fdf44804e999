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
    failures += list(_unasked((), procedure.fields, answers))
    for step in journey.steps:
        failures += check_fields(step.fields, journey.answers, journey, today)
    return tuple(failures or whole_failures(procedure, journey.answers))


def check_received(procedure: Procedure, answers: Mapping[str, Any], today: date) -> tuple[Failure, ...]:
    """Everything that keeps what another system sent from being a submission: it holds the answers on the path only.

    A draft keeps what has left the path; a submission never has it. Among answers that break none of its
    `x-tetsuzuki-rules`, the schema of `engine.submission_schema` accepts exactly those of which nothing is said here.
    """
    kept = walk(procedure, answers, today).answers
    return (*check_submission(procedure, answers, today), *_off_path((), procedure.fields, answers, kept))


def _off_path(path: Path, fields: Mapping[str, Field], given: Any, kept: Any) -> Iterator[Failure]:
    """Answers to questions that these answers do not lead to, at any depth."""
    if isinstance(given, Mapping):
        for name in given.keys() & fields.keys():
            field = fields[name]
            if name not in kept:
                yield Failure((*path, name), "errors.off_path", title=field.title)
            else:
                yield from _off_path_inside((*path, name), field, given[name], kept[name])


def _off_path_inside(path: Path, field: Field, given: Any, kept: Any) -> Iterator[Failure]:
    if field.properties:
        yield from _off_path(path, {one.id: one for one in field.properties}, given, kept)
    elif field.items is not None and isinstance(given, list):
        for place, (item, rest) in enumerate(zip(given, kept, strict=True)):
            yield from _off_path_inside((*path, place), field.items, item, rest)


def _unasked(path: Path, known: Mapping[str, Field], answers: Mapping[str, Any]) -> Iterator[Failure]:
    """Keys that the procedure does not know, at any depth. A question hidden by its condition is known."""
    for name, answer in answers.items():
        field = known.get(name)
        if field is None:
            yield Failure((*path, name), "errors.unasked", {"name": name})
        elif field.properties or field.items is not None:
            yield from _unasked_inside((*path, name), field, answer)


def _unasked_inside(path: Path, field: Field, answer: Any) -> Iterator[Failure]:
    if field.properties and isinstance(answer, Mapping):
        yield from _unasked(path, {one.id: one for one in field.properties}, answer)
    elif field.items is not None and isinstance(answer, list):
        for place, item in enumerate(answer):
            yield from _unasked_inside((*path, place), field.items, item)
