"""More time for a correction: asked for by the applicant in a message, granted by the clerk, recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from engine.calendar import open_day
from procedures import audit, library, notices
from procedures.actors import Actor
from procedures.corrections import kept
from procedures.corrections.requesting import LONGEST, locked_by_clerk, remind_on
from procedures.days import tokyo_day
from procedures.errors import CorrectionRefused, NoCorrection
from procedures.models import CorrectionExtension, CorrectionRequest
from procedures.models.sealed import sealed_row
from procedures.reading.names import names_of

LONGEST_WHY = 1_000
"""Characters of why it was granted."""


@dataclass(frozen=True, slots=True)
class Extension:
    """The last day to answer, before and after; granted by whom (a name), when, and why."""

    before: date
    after: date
    by: str
    at: datetime
    why: str


def extend(session: Session, actor: Actor, now: datetime, application_id: str, due_on: date, why: str) -> date:
    """Let the applicant of the open request answer by the end of `due_on` (Tokyo); returns the day that holds.

    A day on which the offices are closed becomes the next on which they are open. The applicant is told, and reminded
    again before the new day; the standard period goes on standing still. `why` is kept and read by staff alone. It may
    be done after the day has passed, until the worker has ended the request. Raises `NotFound`, `Conflict` (somebody
    else has the case), `NoCorrection`, and `CorrectionRefused`: "day" (no later than it was, in the past, or a year
    off), "why".
    """
    case = locked_by_clerk(session, actor, application_id)
    open_one = kept.open_of(session, application_id)
    if open_one is None:
        raise NoCorrection(case.status)
    before, today = open_one.due_on, tokyo_day(now)
    if not max(before, today) < due_on <= today + LONGEST:
        raise CorrectionRefused("day")
    if not why or len(why) > LONGEST_WHY:
        raise CorrectionRefused("why")
    due_on = open_day(due_on)
    reminder = remind_on(library.by_digest(session, case.digest), due_on, today)
    this = update(CorrectionRequest).where(CorrectionRequest.id == open_one.id)
    session.execute(this.values(due_on=due_on, remind_on=reminder, reminded_at=None))
    row = {
        "request_id": open_one.id,
        "number": _count(session, open_one.id) + 1,
        "due_before": before,
        "due_after": due_on,
        "granted_by": actor.id,
        "granted_at": now,
        "why": why,
    }
    session.execute(insert(CorrectionExtension.__table__), sealed_row(application_id, CorrectionExtension, row))
    notices.queue(session, now, "correction_extended", application_id, answer_by=due_on.isoformat())
    audit.record(session, actor, now, "correction.extend", application_id, note=f"{before} > {due_on}")
    return due_on


def first_day(session: Session, request_id: str) -> date | None:
    """The last day as it was first set; None where it still is the one."""
    query = select(CorrectionExtension.due_before).where(
        CorrectionExtension.request_id == request_id, CorrectionExtension.number == 1
    )
    return session.execute(query).scalar_one_or_none()


def of_requests(session: Session, request_ids: Iterable[str]) -> dict[str, tuple[Extension, ...]]:
    """What was granted, by request, oldest first."""
    wanted = list(request_ids)
    if not wanted:
        return {}
    query = select(CorrectionExtension).where(CorrectionExtension.request_id.in_(wanted))
    rows = session.execute(query.order_by(CorrectionExtension.request_id, CorrectionExtension.number)).scalars().all()
    names = names_of(session, (row.granted_by for row in rows))
    found: dict[str, tuple[Extension, ...]] = {}
    for row in rows:
        one = Extension(row.due_before, row.due_after, names.get(row.granted_by, ""), row.granted_at, row.why)
        found[row.request_id] = (*found.get(row.request_id, ()), one)
    return found


def _count(session: Session, request_id: str) -> int:
    query = select(func.count()).where(CorrectionExtension.request_id == request_id)
    return session.execute(query).scalar_one()
