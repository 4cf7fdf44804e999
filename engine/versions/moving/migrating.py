"""Carries the answers of a draft from one version to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.fields.base import MISSING
from engine.journey import walk
from engine.model import Field, Procedure
from engine.validation import check_fields
from engine.versions.moving.converting import convert, wrong_already
from engine.versions.moving.places import Place, by_id, inner, pair_fields
from engine.versions.moving.sameness import same_question
from engine.versions.pairing import Pairing, pair


@dataclass(frozen=True, slots=True)
class SetAside:
    """An answer that the new version does not take.

    `source` is where it stood, `field` the `path` of its question in the old version, empty where there was none;
    `place` is where the new version asks for it, None where it does not ask any more.
    """

    source: Place
    field: str
    place: Place | None
    answer: Any


@dataclass(frozen=True, slots=True)
class Migrated:
    """`answers` are the new draft's. Every old answer is in `kept` (old place, new place) or in `dropped`.

    `asked_again` are the places of questions whose answer was dropped; `added` are the `path`s of questions that no
    earlier version asked, that are asked on the way of these answers, and that need an answer.
    """

    answers: dict[str, Any]
    kept: tuple[tuple[Place, Place], ...]
    dropped: tuple[SetAside, ...]
    asked_again: tuple[Place, ...]
    added: tuple[str, ...]


def migrate_answers(old: Procedure, new: Procedure, answers: Mapping[str, Any], today: date) -> Migrated:
    """What fits is kept as it is or converted without loss, what does not is set aside; `today` is the day in Tokyo."""
    carrying = _Carrying(today)
    fields = pair_fields(old, new)
    moved = carrying.inside(fields, tuple(old.fields.values()), answers, (), ())
    carrying.judge(new, moved)
    again = tuple(one.place for one in carrying.dropped if one.place is not None)
    return Migrated(moved, tuple(carrying.kept), tuple(carrying.dropped), again, _added(fields, new, moved, today))


@dataclass(slots=True)
class _Carrying:
    """What becomes of the answers, noted as they are carried over."""

    today: date
    kept: list[tuple[Place, Place]] = field(default_factory=list)
    dropped: list[SetAside] = field(default_factory=list)
    changed: dict[Place, SetAside] = field(default_factory=dict)  # answers to other questions than before, as they were

    def inside(
        self, pairing: Pairing[Field], fields: Sequence[Field], answers: Mapping[str, Any], source: Place, place: Place
    ) -> dict[str, Any]:
        """The answers of a procedure, a group or an item."""
        known = {field.id: field for field in fields}
        moved: dict[str, Any] = {}
        for name, answer in answers.items():
            old, new = known.get(name), pairing.heir.get(name)
            if old is None or new is None:
                self.drop(SetAside((*source, name), old.path if old else "", None, answer))
                continue
            carried = self.one(old, new, answer, (*source, name), (*place, new.id))
            if carried is not MISSING:
                moved[new.id] = carried
        return moved

    def one(self, old: Field, new: Field, answer: Any, source: Place, place: Place) -> Any:
        """One answer; `MISSING` where it was set aside."""
        if same_question(old, new):
            self.kept.append((source, place))
            return answer
        if inner(old) and inner(new) and _are_groups(answer if old.is_list else [answer]):
            return self.groups(old, new, answer, source, place)
        return self.single(old, new, answer, source, place)

    def single(self, old: Field, new: Field, answer: Any, source: Place, place: Place) -> Any:
        """An answer that is kept or set aside as a whole."""
        if wrong_already(old, new, answer, self.today):
            self.kept.append((source, place))
            return answer
        before = SetAside(source, old.path, place, answer)
        carried = convert(old, new, answer, self.today)
        if carried is MISSING:
            self.drop(before)
        else:
            self.kept.append((source, place))
            if new.type.control != "file" and not new.is_list:  # what is too many can be taken away on the page
                self.changed[place] = before
        return carried

    def groups(self, old: Field, new: Field, answer: Any, source: Place, place: Place) -> Any:
        """A group or the items of a list, one by one; one group may become a list, a list of one a group."""
        if old.is_list and new.is_list:
            return [self.group(old, new, item, (*source, n), (*place, n)) for n, item in enumerate(answer)]
        if new.is_list:
            return [self.group(old, new, answer, source, (*place, 0))]
        if old.is_list and len(answer) != 1:
            return self.single(old, new, answer, source, place)
        item, start = (answer[0], (*source, 0)) if old.is_list else (answer, source)
        return self.group(old, new, item, start, place) or (MISSING if item else {})

    def group(self, old: Field, new: Field, answer: Mapping[str, Any], source: Place, place: Place) -> dict[str, Any]:
        """A group or an item of a list, in its place even if nothing of it is kept."""
        return self.inside(pair(inner(old), inner(new), by_id), inner(old), answer, source, place)

    def judge(self, new: Procedure, moved: dict[str, Any]) -> None:
        """Set aside what changed and fails only beside the other answers: limits and options that depend on them."""
        journey = walk(new, moved, self.today)
        for top in new.fields.values():
            if not any(place[0] == top.id for place in self.changed):
                continue
            for failure in check_fields((top,), journey.answers, journey, self.today):
                place = next((start for start in _starts(failure.path) if start in self.changed), None)
                if place is not None:
                    before = self.changed.pop(place)
                    self.kept.remove((before.source, place))
                    self.drop(before)
                    _remove(moved, place)

    def drop(self, one: SetAside) -> None:
        self.dropped.append(one)


def _are_groups(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(item, Mapping) for item in answer)


def _starts(path: Place) -> list[Place]:
    """The places above and at the end of a path, the deepest first."""
    return [path[:length] for length in range(len(path), 0, -1)]


def _remove(answers: Any, place: Place) -> None:
    """Take away one answer. The groups and items above it are the new draft's own: they were built on the way."""
    for step in place[:-1]:
        answers = answers[step]
    del answers[place[-1]]


def _added(pairing: Pairing[Field], new: Procedure, moved: Mapping[str, Any], today: date) -> tuple[str, ...]:
    journey = walk(new, moved, today)
    found: list[str] = []
    for asked in (one for one in new.fields.values() if one.id in journey.shown):
        origin = pairing.origin.get(asked.id)
        if origin is not None:
            found += _added_inside(origin, asked)
        elif asked.type.control != "note" and not journey.optional(asked):
            found.append(asked.path)
    return tuple(found)


def _added_inside(old: Field, new: Field) -> list[str]:
    pairing = pair(inner(old), inner(new), by_id)
    found = []
    for asked in inner(new):
        origin = pairing.origin.get(asked.id)
        if origin is not None:
            found += _added_inside(origin, asked)
        elif asked.type.control != "note" and asked.optional is False:
            found.append(asked.path)
    return found
