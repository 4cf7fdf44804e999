"""Where the answers of a draft came from, and those of an earlier application that wait to be looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from engine.model import Procedure
from engine.reuse import Place, at, without
from engine.versions.moving import migrate_answers, relocate
from procedures.keyring.owned import of
from procedures.models import DraftOrigin
from procedures.profiles.known import Source, fingerprint
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed
from procedures.storing.rows import insert_new

_origin = DraftOrigin.__table__
_LOAD = Fixed(
    select(_origin.c.source_id, _origin.c.waiting, _origin.c.marks).where(
        _origin.c.application_id == bindparam("case_id")
    )
)
_SAVE = Fixed(
    update(_origin)
    .where(_origin.c.application_id == bindparam("case_id"))
    .values(source_id=bindparam("source"), waiting=bindparam("packed"), marks=bindparam("told"))
)
_END = Fixed(delete(_origin).where(_origin.c.application_id == bindparam("case_id")))


@dataclass(frozen=True, slots=True)
class Mark:
    """The source of one answer, as long as it is the one with this fingerprint."""

    source: Source
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Origin:
    """`waiting` are answers by field id that are shown, but become answers of the draft only on their own page."""

    source_id: str | None = None
    waiting: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[Place, Mark] = field(default_factory=dict)

    def source_of(self, place: Place, answer: Any) -> Source | None:
        """Where the answer at `place` came from; None for one that was typed or has been changed since."""
        mark = self.marks.get(place)
        return mark.source if mark and mark.fingerprint == fingerprint(answer) else None

    def seen(self, places: Iterable[Place]) -> "Origin":
        """After a page was answered: what waited for it waits no longer."""
        waiting: Any = self.waiting
        for place in places:
            waiting = without(waiting, place)
        return Origin(self.source_id, waiting, self.marks)

    def marked(self, answers: Mapping[Place, tuple[Any, Source]]) -> "Origin":
        """With the sources of these answers too."""
        new = {place: Mark(source, fingerprint(answer)) for place, (answer, source) in answers.items()}
        return Origin(self.source_id, self.waiting, {**self.marks, **new})

    def waits_at(self, place: Place) -> Any:
        """What waits at a place; None for nothing."""
        return at(self.waiting, place)

    def moved(self, versions: Sequence[Procedure], today: date) -> "Origin":
        """After the draft moved from the first version to the last: what fits goes along, the rest is asked."""
        waiting, marks = dict(self.waiting), self.marks
        for old, new in pairwise(versions):
            waiting = migrate_answers(old, new, waiting, today).answers
            found = ((relocate(old, new, place), mark) for place, mark in marks.items())
            marks = {place: mark for place, mark in found if place is not None}
        return Origin(self.source_id, waiting, marks)


NOTHING = Origin()


def load(session: Session, application_id: str) -> Origin:
    """One SELECT."""
    row = _LOAD.one_or_none(session, {"case_id": application_id})
    if row is None:
        return NOTHING
    told = stored.unpack(row.marks)["marks"]
    marks = {tuple(place): Mark(Source.of(source), kept) for place, source, kept in told}
    return Origin(row.source_id, stored.unpack(row.waiting), marks)


def save(session: Session, application_id: str, origin: Origin) -> None:
    """Write it. The caller has made sure whose draft it is."""
    told = [[list(place), mark.source.plain(), mark.fingerprint] for place, mark in origin.marks.items()]
    packed = {
        "source_id": origin.source_id,
        "waiting": of(application_id, stored.pack(origin.waiting)),
        "marks": of(application_id, stored.pack({"marks": told})),
    }
    if not insert_new(session, _origin, {"application_id": application_id, **packed}, unique="application_id"):
        values = {"source": packed["source_id"], "packed": packed["waiting"], "told": packed["marks"]}
        _SAVE.change(session, {"case_id": application_id, **values})


def end(session: Session, application_id: str) -> None:
    """Erase it together with the draft."""
    _END.change(session, {"case_id": application_id})
