"""The questions of a submission by their places: which are asked, reading and replacing the answer at one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from engine.expressions import Scope
from engine.journey import Journey, holds, inside
from engine.model import Field, Procedure

Place = tuple[str | int, ...]
"""The way to an answer: ids of fields, and places in lists from 0. ("dogs", 0, "chip")"""


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
"""There is no answer."""


def asked(journey: Journey) -> Iterator[tuple[Place, Field]]:
    """Every question that these answers lead to, at any depth, each after the one that holds it."""
    fields = [field for step in journey.steps for field in step.fields if field.id in journey.shown]
    yield from _among((), fields, journey.answers, journey.scope)


def _among(
    place: Place, fields: Iterable[Field], answers: Mapping[str, Any], scope: Scope
) -> Iterator[tuple[Place, Field]]:
    for field in fields:
        if field.type.control != "note":
            here = (*place, field.id)
            yield here, field
            yield from _below(here, field, answers.get(field.id), scope)


def _below(here: Place, field: Field, answer: Any, scope: Scope) -> Iterator[tuple[Place, Field]]:
    if field.properties and isinstance(answer, Mapping):
        kept, inner = inside(field.properties, answer, scope)
        shown = [part for part in field.properties if holds(part.when, inner)]
        yield from _among(here, shown, kept, inner)
    elif field.items is not None and isinstance(answer, list):
        for number, item in enumerate(answer):
            yield from _below((*here, number), field.items, item, scope)


def field_at(procedure: Procedure, place: Place) -> Field | None:
    """The question at `place`; for an item of a list, what its items are. None where there is no such question."""
    known: Mapping[str, Field] = procedure.fields
    found: Field | None = None
    for key in place:
        inside_list = found.items if found is not None else None
        found = inside_list if isinstance(key, int) else known.get(key)
        if found is None:
            return None
        known = {part.id: part for part in found.properties}
    return found


def covered(place: Place, roots: Collection[Place]) -> bool:
    """Whether `place` is one of `roots`, or lies inside one."""
    return any(place[:length] in roots for length in range(1, len(place) + 1))


def outermost(places: Iterable[Place]) -> tuple[Place, ...]:
    """Those that lie inside no other, each once, in their order."""
    given = dict.fromkeys(places)
    return tuple(place for place in given if not covered(place[:-1], given))


def value_at(answers: Any, place: Place) -> Any:
    """The answer at `place`, or ABSENT."""
    for key in place:
        if isinstance(key, int):
            if not isinstance(answers, list) or key >= len(answers):
                return ABSENT
            answers = answers[key]
        else:
            if not isinstance(answers, Mapping) or key not in answers:
                return ABSENT
            answers = answers[key]
    return answers


def put_at(answers: Any, place: Place, value: Any) -> Any:
    """A copy of `answers` with `value` at `place`; ABSENT takes it away. Where the way breaks off nothing changes.

    The last key may name what is not there yet; an item one past the end of a list is added.
    """
    if not place:
        return value
    key, rest = place[0], place[1:]
    if isinstance(key, int):
        return _put_item(answers, key, rest, value)
    if not isinstance(answers, Mapping) or (rest and key not in answers):
        return answers
    kept = {name: answer for name, answer in answers.items() if name != key or rest or value is not ABSENT}
    return kept if value is ABSENT and not rest else {**kept, key: put_at(answers.get(key), rest, value)}


def _put_item(items: Any, number: int, rest: Place, value: Any) -> Any:
    if not isinstance(items, list) or number > len(items) or (rest and number == len(items)):
        return items
    if value is ABSENT and not rest:
        return [*items[:number], *items[number + 1 :]]
    here = items[number] if number < len(items) else None
    return [*items[:number], put_at(here, rest, value), *items[number + 1 :]]
