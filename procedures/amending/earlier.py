"""What a draft keeps from earlier versions of its procedure: the answers that its version now does not take."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.versions.moving import Place
from procedures.storing import answers as stored


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """One answer: `field` is the path of its question in the version `digest`, empty where there was none.

    `place` is where the draft's version asks for it; None where it does not.
    """

    digest: str
    field: str
    source: Place
    place: Place | None
    answer: Any


@dataclass(frozen=True, slots=True)
class Earlier:
    """`digest` is the version that the draft was on before it moved, on the day `moved_on` in Tokyo.

    `added` are the paths of questions that were new then and needed an answer.
    """

    digest: str
    moved_on: date
    answers: tuple[EarlierAnswer, ...]
    added: tuple[str, ...]

    def without_item(self, item: Place) -> "Earlier":
        """After an item of a list was removed: what was asked for there has no place, what stands behind moves up."""
        return replace(self, answers=tuple(_moved_up(one, item) for one in self.answers))


def pack(earlier: Earlier) -> str:
    """As it lies in the database, in the same way as answers do."""
    return stored.pack(
        {
            "digest": earlier.digest,
            "moved_on": earlier.moved_on.isoformat(),
            "answers": [[one.digest, one.field, one.source, one.place, one.answer] for one in earlier.answers],
            "added": earlier.added,
        }
    )


def unpack(packed: str | None) -> Earlier | None:
    """The way back; None for a draft that never moved."""
    if packed is None:
        return None
    found = stored.unpack(packed)
    return Earlier(
        found["digest"],
        date.fromisoformat(found["moved_on"]),
        tuple(_answers(found["answers"])),
        tuple(found["added"]),
    )


def _answers(rows: Iterable[list[Any]]) -> Iterable[EarlierAnswer]:
    for digest, field, source, place, answer in rows:
        yield EarlierAnswer(digest, field, tuple(source), None if place is None else tuple(place), answer)


def _moved_up(one: EarlierAnswer, item: Place) -> EarlierAnswer:
    *before, removed = item
    depth, place = len(before), one.place
    if place is None or len(place) <= depth or list(place[:depth]) != before:
        return one
    index = place[depth]
    if not isinstance(index, int) or not isinstance(removed, int) or index < removed:
        return one
    return replace(one, place=None if index == removed else (*place[:depth], index - 1, *place[depth + 1 :]))
