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

    def without_item(self, list_id: str, index: int) -> "Earlier":
        """After an item of a list was removed: what was asked for there has no place, what stands behind moves up."""
        return replace(self, answers=tuple(_moved_up(one, list_id, index) for one in self.answers))


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


def _moved_up(one: EarlierAnswer, list_id: str, index: int) -> EarlierAnswer:
    place = one.place
    if place is None or len(place) < 2 or place[0] != list_id or not isinstance(place[1], int):  # noqa: PLR2004
        return one
    if place[1] == index:
        return replace(one, place=None)
    return replace(one, place=(list_id, place[1] - 1, *place[2:])) if place[1] > index else one
