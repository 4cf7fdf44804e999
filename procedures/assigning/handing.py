"""Taking a case over from a colleague, giving one's own back, and assigning one to somebody by name."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.lifecycle import Who
from procedures import lifecycle
from procedures.actors import Actor
from procedures.assigning import hands, moves, telling
from procedures.errors import Conflict
from procedures.reading.names import names_of


def take_over(
    session: Session, actor: Actor, now: datetime, application_id: str, reason: str, seen: str | None = None
) -> None:
    """Take a colleague's case as a clerk of its office; the colleague is told by whom.

    `seen` is who had it on the actor's screen, if that matters. One's own case, again, changes nothing.
    Raises `NotFound`, `ReasonRefused`, `TransitionRefused`, and `Conflict` when meanwhile somebody else has it.
    """
    words = moves.checked(reason)
    case = hands.locked(session, actor, application_id, "case.take_over")
    hands.require_held(case)
    if case.claimed_by == actor.id:
        return
    if seen is not None and case.claimed_by != seen:
        raise _moved_on(session, case)
    telling.tell(session, now, actor, case.claimed_by)
    hands.put(session, actor, now, case, actor.id, "taken_over", who=Who.CLERK, reason=words)


def give_back(session: Session, actor: Actor, now: datetime, application_id: str, reason: str) -> None:
    """Put one's own case back to those that nobody has. Its status and its clock stay as they are.

    An office that assigns by itself does not give it to the same person again. Raises as `take_over` does.
    """
    words = moves.checked(reason)
    case = hands.locked(session, actor, application_id, "case.give_back")
    hands.require_held(case)
    if case.claimed_by != actor.id:
        raise _moved_on(session, case)
    hands.hold(session, now, application_id, None)
    moves.write(session, actor, now, case, "given_back", reason=words)


def assign(session: Session, actor: Actor, now: datetime, application_id: str, person_id: str, reason: str) -> None:
    """Give a case to a clerk of its office, as the office's manager. Who gets it is told, and who had it.

    Assigning it to whom has it already changes nothing. Raises `NotFound` (also for somebody who is no clerk there),
    `ReasonRefused`, `TransitionRefused`.
    """
    words = moves.checked(reason)
    case = hands.locked(session, actor, application_id, "case.assign")
    hands.require_held(case)
    if case.claimed_by == person_id:
        return
    telling.tell(session, now, actor, person_id, case.claimed_by)
    hands.put(session, actor, now, case, person_id, "assigned", who=Who.MANAGER, reason=words)


def _moved_on(session: Session, case: Row[Any]) -> Conflict:
    """Somebody else has the case now; where nobody has it, who changed it last."""
    if case.claimed_by is None:
        return lifecycle.last_change(session, case.id)
    return Conflict(names_of(session, [case.claimed_by]).get(case.claimed_by, case.claimed_by), case.claimed_at)
