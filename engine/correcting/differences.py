"""What differs between two submissions of one version, question by question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from json import dumps
from typing import Any

from engine.correcting.places import ABSENT
from engine.model import Field, Procedure


@dataclass(frozen=True, slots=True)
class Inside:
    """The object or the item of a list in which a question stands; items count from 1."""

    field: Field
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that has another answer; ABSENT for none. In an item that is new, all were ABSENT before."""

    trail: tuple[Inside, ...]
    field: Field
    before: Any
    after: Any


def differences(procedure: Procedure, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """In the order in which the questions are asked. Items of lists are compared with those they most likely were."""
    return tuple(_among((), tuple(procedure.fields.values()), before, after))


def _among(
    trail: tuple[Inside, ...], fields: Sequence[Field], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for field in fields:
        former, present = _said(before.get(field.id, ABSENT)), _said(after.get(field.id, ABSENT))
        if former == present:
            continue
        if field.properties:
            yield from _among((*trail, Inside(field)), field.properties, _mapping(former), _mapping(present))
        elif field.is_list:
            yield from _items(trail, field, _list(former), _list(present))
        else:
            yield Difference(trail, field, former, present)


def _said(answer: Any) -> Any:
    """An answer; an empty list or object says as little as none."""
    return ABSENT if answer in ([], {}) else answer


def _items(trail: tuple[Inside, ...], listed: Field, before: list[Any], after: list[Any]) -> Iterator[Difference]:
    for former, present in _paired(before, after):
        number = (former if present is None else present) or 0
        here = (*trail, Inside(listed, number + 1))
        yield from _among(here, listed.item_fields, _item(listed, before, former), _item(listed, after, present))


def _item(listed: Field, items: list[Any], place: int | None) -> Mapping[str, Any]:
    return {} if place is None else listed.item_answers(items[place])


def _paired(before: list[Any], after: list[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Places of items before and after; None where there was or is no such item."""
    former, present = ([dumps(item, sort_keys=True) for item in items] for items in (before, after))
    for verb, i, last_i, j, last_j in SequenceMatcher(None, former, present, autojunk=False).get_opcodes():
        if verb != "equal":
            both = min(last_i - i, last_j - j)
            yield from ((i + step, j + step) for step in range(both))
            yield from ((gone, None) for gone in range(i + both, last_i))
            yield from ((None, new) for new in range(j + both, last_j))


def _mapping(answer: Any) -> Mapping[str, Any]:
    return answer if isinstance(answer, Mapping) else {}


def _list(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else []
