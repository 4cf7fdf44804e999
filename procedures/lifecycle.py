"""The one writer of a status."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Fact, Status, TransitionRefused, Who, target
from engine.model import Procedure
from procedures import audit, consequences, library, standard_period
from procedures.actors import Actor
from procedures.authority import action_of, require
from procedures.errors import Conflict, NotFound
from procedures.keyring.owned import of
from procedures.models import Application, StatusHistory
from procedures.outgoing import events
from procedures.reading.names import name_of_key
from procedures.storing.fixed import Fixed

_application, _history = Application.__table__, StatusHistory.__table__

# Fixed statements: putting one together anew costs several times what running it does.
_LOCK = Fixed(
    select(
        _application.c.id,
        _application.c.digest,
        _application.c.status,
        _application.c.owner,
        _application.c.office,
        _application.c.round,
        _application.c.turn,
        _application.c.submitted_at,
        _application.c.reference,
        _application.c.claimed_by,
        _application.c.claimed_at,
        _application.c.due_on,
    )
    .where(_application.c.id == bindparam("case_id"))
    .with_for_update()
)
_UNCHANGED = update(_application).where(
    _application.c.id == bindparam("case_id"), _application.c.status == bindparam("seen_status")
)
_WITH_STATUS = _UNCHANGED.values(status=bindparam("goal"), status_changed_at=bindparam("moment"))
_SET_STATUS = Fixed(_WITH_STATUS)
_SET_STATUS_AND_DUE_DAY = Fixed(_WITH_STATUS.values(due_on=bindparam("due_day")))
_REMEMBER = Fixed(insert(_history))

OF_STAFF = (Who.CLERK, Who.APPROVER, Who.MANAGER)
"""Capacities that are roles of the same name, held in the case's office."""


def lock(session: Session, application_id: str) -> Row[Any]:
    """The case's row, locked until the transaction ends. Raises `NotFound`."""
    row = _LOCK.one_or_none(session, {"case_id": application_id})
    if row is None:
        raise NotFound(application_id)
    return row


def apply(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    event: Event,
    *,
    who: Who,
    facts: Collection[Fact] = (),
    note: str | None = None,
    expected: Status | None = None,
) -> Status:
    """Let `event` happen: the status by compare-and-set, a history row, an audit row, the jobs that follow.

    Locks the case's row. `Fact.REVIEWED` is added from the procedure; the caller states `Fact.FEE_DUE`.
    `expected` is the status the caller has seen. Raises `NotFound` (also for whom it does not concern),
    `TransitionRefused`, `Conflict`.
    """
    row = lock(session, application_id)
    _check_concern(actor, who, row)
    source = Status(row.status)
    if expected is not None and source is not expected:
        raise last_change(session, application_id)
    procedure = library.by_digest(session, row.digest)
    goal = target(source, event, who, _all_facts(procedure, facts))
    if who in OF_STAFF:
        require(actor.in_place_of or actor, action_of(event, who), row, application_id)
    due_day = standard_period.moved_to(session, application_id, procedure, source, goal, now)
    _set_status(session, now, application_id, source, goal, due_day)
    change = {
        "application_id": application_id,
        "at": now,
        "event": event.value,
        "source": source.value,
        "target": goal.value,
        "who": who.value,
        "actor": actor.key,
        "note": of(application_id, note),
    }
    _REMEMBER.change(session, change)
    consequences.follow(session, now, application_id, procedure, source, goal)
    seq = audit.record(session, actor, now, event.value, application_id, note=f"{source} > {goal}")
    events.changed(session, now, seq, application_id, event, source, goal)
    return goal


def last_change(session: Session, application_id: str) -> Conflict:
    """Who changed the case last and when, as the error to raise."""
    query = (
        select(StatusHistory.actor, StatusHistory.at)
        .where(StatusHistory.application_id == application_id)
        .order_by(StatusHistory.id.desc())
        .limit(1)
    )
    change = session.execute(query).one()
    return Conflict(name_of_key(session, change.actor), change.at)


def _check_concern(actor: Actor, who: Who, row: Row[Any]) -> None:
    """The last guard: an applicant acts on the own case, staff in a post, the system as itself."""
    staff = actor.in_place_of or actor
    concerned = {
        Who.APPLICANT: actor.owner_key == row.owner,
        Who.SYSTEM: actor.kind == "system",
        **{capacity: staff.serves(capacity.value, row.office) for capacity in OF_STAFF},
    }
    if not concerned[who]:
        raise NotFound(row.id)


def _all_facts(procedure: Procedure, facts: Collection[Fact]) -> frozenset[Fact]:
    reviewed = {Fact.REVIEWED} if procedure.review is not None else set()
    return frozenset(facts) | reviewed


def _set_status(
    session: Session, now: datetime, application_id: str, source: Status, goal: Status, due_day: date | None
) -> None:
    values = {"case_id": application_id, "seen_status": source.value, "goal": goal.value, "moment": now}
    if due_day is None:
        changed = _SET_STATUS.change(session, values)
    else:
        changed = _SET_STATUS_AND_DUE_DAY.change(session, {**values, "due_day": due_day})
    if changed != 1:
        raise last_change(session, application_id)


__all__ = ["TransitionRefused", "apply", "last_change", "lock"]
