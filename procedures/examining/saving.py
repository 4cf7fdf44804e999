"""Saving what was filled in and ticked: only what changed, nothing over what a colleague wrote meanwhile."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.orm import Session

from engine.examining import filling, to_tick
from engine.lifecycle import Status
from engine.model import Procedure, Stage
from engine.validation import check_fields
from procedures import audit, library, lifecycle
from procedures.actors import Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.errors import NotComplete, NotFound
from procedures.examining.entries import CHECK, FIELD, Entry, Record, record_of
from procedures.keyring.owned import of
from procedures.models import ExaminationEntry
from procedures.reading import casefile

OPEN_WHILE = {"clerk": Status.IN_REVIEW, "approver": Status.DECISION_PROPOSED}
"""In which status the stages of a role are worked on."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form holds of one stage. `seen` is, by (kind, item), the number of the entry that it showed; 0 for none.

    `fields` has every field that was asked (None: left empty), `ticks` every item that was offered.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    ticks: Mapping[str, bool] = field(default_factory=dict)
    seen: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def values(self) -> Iterator[tuple[tuple[str, str], Any]]:
        """All of it by (kind, item)."""
        yield from (((FIELD, item), value) for item, value in self.fields.items())
        yield from (((CHECK, item), value) for item, value in self.ticks.items())


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that two people changed: what a colleague wrote meanwhile, and what this person wants."""

    theirs: Entry
    mine: Any


class WrittenMeanwhile(Exception):
    """Somebody else changed the same; nothing was saved."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        self.clashes = clashes
        super().__init__(f"{len(clashes)} entries were changed meanwhile")


class StageClosed(Exception):
    """The stage is not worked on (any more); `status` is where the case stands."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(f"not worked on, now {status}")


def works_on(actor: Actor, office: str | None, status: str, stage: Stage) -> bool:
    """Whether this person may fill in this stage now."""
    return status == OPEN_WHILE[stage.role] and may(actor, "case.fill_in", office, as_role=stage.role)


def save(
    session: Session, actor: Actor, now: datetime, application_id: str, stage_id: str, typed: Typed
) -> tuple[str, ...]:
    """Write down what changed; returns the ids. What is still empty may stay so until the stage is left.

    Raises `NotFound`, `StageClosed`, `WrittenMeanwhile`, and `NotComplete`
    for values that are wrong.
    """
    case = lifecycle.lock(session, application_id)
    procedure = library.by_digest(session, case.digest)
    stage = _stage(actor, case, procedure, stage_id)
    record = record_of(session, application_id, case.round)
    changed = dict(_changed(record, typed))
    _check(session, now, case, procedure, stage, record, changed)
    for (kind, item), value in changed.items():
        row = {"application_id": case.id, "round": case.round, "kind": kind, "item": item}
        session.execute(
            insert(ExaminationEntry.__table__), {**row, "value": of(case.id, value), "by": actor.id, "at": now}
        )
    ids = tuple(item for _, item in changed)
    if ids:
        audit.record(session, actor, now, "examination.write", application_id, ids, note=stage_id)
    return ids


def _stage(actor: Actor, case: Row[Any], procedure: Procedure, stage_id: str) -> Stage:
    stages = procedure.review.stages if procedure.review else ()
    stage = next((stage for stage in stages if stage.id == stage_id), None)
    if stage is None or case.round == 0 or not may(actor, "case.fill_in", case, as_role=stage.role):
        raise NotFound(case.id)
    if case.status != OPEN_WHILE[stage.role]:
        raise StageClosed(case.status)
    return stage


def _changed(record: Record, typed: Typed) -> Iterator[tuple[tuple[str, str], Any]]:
    """What this person changed, compared with what the form showed."""
    known = {one.number: one for one in record.entries}
    clashes = []
    for key, value in typed.values():
        newest = record.newest.get(key)
        if value == _value(newest, key):
            continue
        shown = typed.seen.get(key, 0)
        if shown == (newest.number if newest else 0):
            yield key, value
        elif value != _value(known.get(shown), key) and newest is not None:
            clashes.append(Clash(newest, value))
    if clashes:
        raise WrittenMeanwhile(tuple(clashes))


def _value(entry: Entry | None, key: tuple[str, str]) -> Any:
    """What an entry says; without one, a field is empty and an item not ticked."""
    return entry.value if entry else False if key[0] == CHECK else None


def _check(
    session: Session,
    now: datetime,
    case: Row[Any],
    procedure: Procedure,
    stage: Stage,
    record: Record,
    changed: Mapping[tuple[str, str], Any],
) -> None:
    """What was typed is of this stage, concerns this case, and is right."""
    answers = casefile.submission(session, case.id).answers
    values = {item: value for (kind, item), value in changed.items() if kind == FIELD}
    merged = {item: value for item, value in {**record.filled, **values}.items() if value is not None}
    journey = filling(procedure, answers, merged, tokyo_day(case.submitted_at), tokyo_day(now))
    fields = procedure.examined.step_by_id[f"review.{stage.id}"].fields
    items = {item.id for item in to_tick(procedure, journey, stage.id)}
    ticks = {item for kind, item in changed if kind == CHECK}
    if values.keys() - {one.id for one in fields} or ticks - items:
        raise NotFound(case.id)
    given = [one for one in fields if values.get(one.id) is not None]
    if failures := check_fields(given, journey.answers, journey, journey.today):
        raise NotComplete(failures)
