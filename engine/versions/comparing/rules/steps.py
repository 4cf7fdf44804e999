"""Steps, and the fields of all of them: one that moved to another step is still itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.model import Field, Procedure, Step
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.effects import added, removed
from engine.versions.comparing.naming import part_name
from engine.versions.comparing.ordering import moved
from engine.versions.comparing.walking import Walk
from engine.versions.moving.places import pair_fields
from engine.versions.pairing import Pairing, pair


def _steps(walk: Walk, spot: Spot, old: Procedure, new: Procedure) -> Iterator[Change]:
    steps = pair(old.steps, new.steps, lambda step: step.id)
    fields = pair_fields(old, new)
    spot = spot.below("steps", effect="fits")
    wandered = moved([step.id for step in old.steps], new.steps, steps, "id")
    for step in steps.removed:
        here = spot.below(step.id, part_name(step))
        yield removed(here, step)
        yield from _gone(here, step, fields)
    for step in new.steps:
        here, origin = spot.below(step.id, part_name(step)), steps.origin.get(step.id)
        if origin is None:
            yield added(here, step)
        else:
            if step.id in wandered:
                yield Change("moved", here, "path")
            yield from walk.part(here, replace(origin, fields=()), replace(step, fields=()), "id")
            yield from _gone(here, origin, fields)
        yield from _fields(walk, here, origin, step, fields)


def _gone(spot: Spot, step: Step, fields: Pairing[Field]) -> Iterator[Change]:
    for field in step.fields:
        if field.id not in fields.heir:
            yield removed(spot.below("fields").below(field.id, part_name(field)), field)


def _fields(walk: Walk, spot: Spot, origin_step: Step | None, step: Step, fields: Pairing[Field]) -> Iterator[Change]:
    before = {field.id: old for old in walk.old.steps for field in old.fields}
    stayed = _ids(origin_step.fields if origin_step else ())
    staying = [field for field in step.fields if field.id in fields.origin and fields.origin[field.id].id in stayed]
    wandered = moved(stayed, staying, fields, "id")
    for field in step.fields:
        here, origin = spot.below("fields").below(field.id, part_name(field)), fields.origin.get(field.id)
        if origin is None:
            yield added(here, field)
            continue
        if field not in staying:
            source = before[origin.id]
            yield Change("moved_step", here, "path", {"before": source.title, "after": step.title})
        elif field.id in wandered:
            yield Change("moved", here, "none")
        yield from walk.part(here, origin, field, "id")


def _ids(fields: Sequence[Field]) -> list[str]:
    return [field.id for field in fields]


RULES = {("Procedure", "steps"): _steps}
