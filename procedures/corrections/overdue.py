"""Requests whose day comes or has passed: one reminder, and then what the procedure says."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status, Who
from engine.model import Procedure
from procedures import library, lifecycle, notices
from procedures.actors import SYSTEM
from procedures.corrections import kept
from procedures.days import tokyo_day
from procedures.models import Application, CorrectionRequest
from procedures.waiving.waiting import before_the_fee


def remind(session: Session, now: datetime, limit: int = 100) -> int:
    """Remind up to `limit` applicants, each once; how many were looked at. Call again until it is 0.

    Among them may be some whom another worker reminds in this very moment: the database tells when it is too late.
    """
    today = tokyo_day(now)
    waiting = (
        select(Application.id, CorrectionRequest.id.label("request_id"), CorrectionRequest.due_on)
        .join(CorrectionRequest, CorrectionRequest.application_id == Application.id)
        .where(
            CorrectionRequest.state == "open",
            CorrectionRequest.reminded_at.is_(None),
            CorrectionRequest.remind_on <= today,
            CorrectionRequest.due_on >= today,
        )
        .order_by(Application.id)
        .limit(limit)
        .with_for_update(of=Application, skip_locked=True)
    )
    rows = session.execute(waiting).all()
    for row in rows:
        unreminded = update(CorrectionRequest).where(
            CorrectionRequest.id == row.request_id,
            CorrectionRequest.state == "open",
            CorrectionRequest.reminded_at.is_(None),
        )
        if session.execute(unreminded.values(reminded_at=now)).rowcount:
            notices.queue(session, now, "correction_reminder", row.id, answer_by=row.due_on.isoformat())
    return len(rows)


def expire(session: Session, now: datetime, limit: int = 100) -> list[str]:
    """End up to `limit` requests whose last day is over; returns the cases that lapsed or whose review goes on.

    Cases are locked before their requests: who sends a correction in the same moment was first, or is told. Call again
    until it is empty.
    """
    overdue = (
        select(Application.id, Application.digest)
        .join(CorrectionRequest, CorrectionRequest.application_id == Application.id)
        .where(
            CorrectionRequest.state == "open",
            CorrectionRequest.due_on < tokyo_day(now),
            Application.status == Status.CORRECTION_REQUESTED,
        )
        .order_by(Application.id)
        .limit(limit)
        .with_for_update(of=Application, skip_locked=True)
    )
    ended = []
    for row in session.execute(overdue).all():
        still = kept.open_of(session, row.id)  # asked again under the lock
        if still is not None and still.due_on < tokyo_day(now):
            _expire(session, now, row.id, library.by_digest(session, row.digest))
            ended.append(row.id)
    return ended


def _expire(session: Session, now: datetime, application_id: str, procedure: Procedure) -> None:
    if _lapses(procedure):
        lifecycle.apply(session, SYSTEM, now, application_id, Event.LAPSE, who=Who.SYSTEM)
        return
    kept.close(session, now, application_id, "expired")
    facts = before_the_fee(session, application_id, Status.CORRECTION_REQUESTED)
    lifecycle.apply(session, SYSTEM, now, application_id, Event.RESUME, who=Who.SYSTEM, facts=facts)
    notices.queue(session, now, "correction_expired", application_id)


def _lapses(procedure: Procedure) -> bool:
    return procedure.review is not None and procedure.review.correction.lapses
