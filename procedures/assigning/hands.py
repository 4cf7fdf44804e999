"""Putting a case into somebody's hands, or out of them: what every way of it shares."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, update
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status, TransitionRefused, Who
from procedures import lifecycle
from procedures.actors import Actor
from procedures.assigning import colleagues, moves
from procedures.authority import may
from procedures.errors import NotFound
from procedures.models import Application

HELD = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.CORRECTION_REQUESTED})
"""Where a case can change hands: before a decision is proposed, also while it is with its applicant."""
WITH_A_CLERK = frozenset({Status.RECEIVED, Status.IN_REVIEW})
"""Where a case lies if nobody has it."""


def locked(session: Session, actor: Actor, application_id: str, action: str) -> Row[Any]:
    """The case, locked, for whom may do `action` to it. Raises `NotFound`."""
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or not may(actor, action, case.office):
        raise NotFound(application_id)
    return case


def require_held(case: Row[Any]) -> None:
    """Raise `TransitionRefused` where the case is not with the clerks (any more)."""
    if Status(case.status) not in HELD:
        raise TransitionRefused(Status(case.status), Event.CLAIM, Who.CLERK)


def put(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Row[Any],
    person_id: str,
    kind: moves.Kind,
    *,
    who: Who,
    reason: str = "",
) -> int:
    """Give the locked case to a clerk of its office; one that was received counts as claimed. Returns the move.

    Raises `NotFound` for somebody who is no clerk there.
    """
    if not colleagues.serves(session, person_id, "clerk", case.office):
        raise NotFound(person_id)
    if Status(case.status) is Status.RECEIVED:
        lifecycle.apply(session, actor, now, case.id, Event.CLAIM, who=who)
    hold(session, now, case.id, person_id)
    return moves.write(session, actor, now, case, kind, to_person=person_id, reason=reason)


def hold(session: Session, now: datetime, application_id: str, person_id: str | None, **more: object) -> None:
    """Write who has the case; None: nobody."""
    this = update(Application.__table__).where(Application.__table__.c.id == application_id)
    session.execute(this.values(claimed_by=person_id, claimed_at=now if person_id else None, **more))
