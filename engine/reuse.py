"""What answers say about concepts, and which of them may be given again: by field, at any depth outside of lists."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.journey import Journey, walk
from engine.model import Field, Procedure
from engine.validation import check_fields

Place = tuple[str | int, ...]
"""The way to an answer: ids of fields, and places in lists from 0."""

ASKS_NOTHING = frozenset({"note", "file"})
"""Controls whose answers are no values: nothing at all, or papers, which are copied on their own."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question that asks for a single value, and where its answer stands."""

    place: Place
    field: Field


def leaves(fields: Iterable[Field], place: Place = ()) -> Iterator[Leaf]:
    """The questions among `fields` and inside their objects; lists are about several of something and left out."""
    for field in fields:
        here = (*place, field.id)
        if field.properties:
            yield from leaves(field.properties, here)
        elif field.items is None and field.type.control not in ASKS_NOTHING:
            yield Leaf(here, field)


def own_leaves(fields: Iterable[Field]) -> list[Leaf]:
    """Those of concepts that are the same thing in every procedure (`reuse: profile`)."""
    return [leaf for leaf in leaves(fields) if leaf.field.reuse == "profile" and leaf.field.concept]


def by_concept(journey: Journey) -> dict[str, tuple[Leaf, Any]]:
    """What the answers on the path say of such concepts; of several fields of one, the first counts."""
    found: dict[str, tuple[Leaf, Any]] = {}
    for step in journey.steps:
        for leaf in own_leaves(field for field in step.fields if field.id in journey.shown):
            answer = at(journey.answers, leaf.place)
            if answer is not None:
                found.setdefault(str(leaf.field.concept), (leaf, answer))
    return found


def acceptable(
    procedure: Procedure, answers: Mapping[str, Any], offered: Mapping[Place, Any], today: date
) -> dict[Place, Any]:
    """Those of the offered answers that their questions accept beside the others; `today` is the day in Tokyo.

    Of a name or an address, parts that are not asked here are left out.
    """
    whole: Any = answers
    asked_parts = {place: _as_asked(procedure, place, answer) for place, answer in offered.items()}
    for place, answer in asked_parts.items():
        whole = put(whole, place, answer)
    journey = walk(procedure, whole, today)
    ids = {str(place[0]) for place in offered}
    asked = replace(journey, answers=whole, shown=journey.shown | ids)
    fields = [field for field in procedure.fields.values() if field.id in ids]
    faulty = [failure.path for failure in check_fields(fields, whole, asked, today)]
    return {
        place: answer
        for place, answer in asked_parts.items()
        if not any(path[: len(place)] == place for path in faulty)
    }


def _as_asked(procedure: Procedure, place: Place, answer: Any) -> Any:
    leaf = leaf_at(procedure, place)
    parts = leaf.field.schema.get("properties") if leaf else None
    if parts is None or not isinstance(answer, Mapping):
        return answer
    return {part: text for part, text in answer.items() if part in parts}


def given_again(procedure: Procedure, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The answers of an earlier application that may begin another one of the same procedure.

    Asked anew are: what is of the moment (declarations, `reuse: never`), papers, and what is not accepted on `today`.
    """
    kept = _kept(tuple(procedure.fields.values()), answers)
    journey = walk(procedure, kept, today)
    for failure in check_fields(procedure.fields.values(), journey.answers, journey, today):
        if leaf := leaf_at(procedure, failure.path):
            kept = without(kept, leaf.place)
    return kept


def _kept(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        answer = answers.get(field.id)
        if answer is None or field.reuse == "never" or field.type.control in ASKS_NOTHING:
            continue
        kept = _inner(field, answer)
        if kept not in ({}, []):
            found[field.id] = kept
    return found


def _inner(field: Field, answer: Any) -> Any:
    if field.properties:
        return _kept(field.properties, answer) if isinstance(answer, Mapping) else {}
    if field.items is not None and isinstance(answer, list):
        item = field.items
        again = item.reuse != "never" and item.type.control not in ASKS_NOTHING
        return [_inner(item, one) for one in answer] if again else []
    return answer


def single_answers(fields: Iterable[Field], answers: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every answer to a question with a single value, also in the items of lists, with its place."""
    for field in fields:
        yield from _single(field, at(answers, (field.id,)), (*place, field.id))


def _single(field: Field, answer: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if answer is None:
        return
    if field.properties:
        yield from single_answers(field.properties, answer, place)
    elif field.items is None:
        yield place, answer
    elif isinstance(answer, list):
        for number, item in enumerate(answer):
            yield from _single(field.items, item, (*place, number))


def at(answers: Any, place: Place) -> Any:
    """The answer at a place; None where there is none."""
    for key in place:
        if isinstance(key, int):
            answers = answers[key] if isinstance(answers, list) and key < len(answers) else None
        else:
            answers = answers.get(key) if isinstance(answers, Mapping) else None
    return answers


def put(answers: Any, place: Place, answer: Any) -> dict[str, Any]:
    """A copy with `answer` at a place outside of lists; objects on the way come into being."""
    key, rest = str(place[0]), place[1:]
    whole = dict(answers) if isinstance(answers, Mapping) else {}
    whole[key] = put(whole.get(key), rest, answer) if rest else answer
    return whole


def without(answers: Any, place: Place) -> Any:
    """A copy without the answer at `place`; an item leaves its place in its list empty."""
    if not place or at(answers, place) is None:
        return answers
    key, rest = place[0], place[1:]
    if isinstance(key, int):
        items = list(answers)
        items[key] = without(items[key], rest) if rest else None
        return items
    if rest:
        return {**answers, key: without(answers[key], rest)}
    return {name: value for name, value in answers.items() if name != key}


def leaf_at(procedure: Procedure, path: Place) -> Leaf | None:
    """The question with a single value on the way of `path`, which may lead inside its answer (to a postcode)."""
    field: Field | None = None
    fields: Iterable[Field] = procedure.fields.values()
    for depth, key in enumerate(path, start=1):
        field = (field.items if field else None) if isinstance(key, int) else next(_named(fields, key), None)
        if field is None:
            return None
        if not field.properties and field.items is None:
            return Leaf(path[:depth], field)
        fields = field.properties
    return None


def field_at(procedure: Procedure, path: str) -> Field | None:
    """The field with this `path` (`Field.path`: dotted, without places in lists); None where there is none."""
    fields: Iterable[Field] = procedure.fields.values()
    found: Field | None = None
    for name in path.split("."):
        found = next(_named(fields, name), None)
        if found is None:
            return None
        fields = found.properties or (found.items.properties if found.items else ())
    return found


def _named(fields: Iterable[Field], name: str) -> Iterator[Field]:
    return (field for field in fields if field.id == name)
