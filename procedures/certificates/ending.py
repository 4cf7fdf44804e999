"""The end of a certificate before its time: revoked (失効) with a reason, or given up before it was made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from procedures import audit, library, lifecycle, notices
from procedures.actors import Actor
from procedures.authority import may
from procedures.errors import NotFound, PaperRefused
from procedures.keyring.owned import of
from procedures.models import Application, Certificate
from procedures.papers import numbers

LONGEST_REASON = 400
_certificate = Certificate.__table__


def revoke(session: Session, actor: Actor, now: datetime, application_id: str, reason: str) -> Sequence[str]:
    """Revoke every certificate of a case that is not revoked yet; returns their numbers.

    For whoever has decided that, and tells the applicant: neither authority is asked for nor a notice sent here. One
    that is still being made is not handed out any more, its number cancelled. Raises `PaperRefused` without a reason.
    """
    why = checked_reason(reason)
    lifecycle.lock(session, application_id)
    query = select(Certificate).where(Certificate.application_id == application_id, Certificate.revoked_at.is_(None))
    rows = session.execute(query.order_by(Certificate.number)).scalars().all()
    for row in rows:
        _end(session, actor, now, row, why)
    return [row.number for row in rows]


def revoke_one(
    session: Session, actor: Actor, now: datetime, application_id: str, certificate_id: str, reason: str
) -> None:
    """Revoke one that was handed out, as an approver of the office; the applicant is told.

    Raises `NotFound`, `PaperRefused` (no reason, or not one that stands).
    """
    row = own_row(session, actor, "certificate.revoke", application_id, certificate_id)
    why = checked_reason(reason)
    if row.issued_at is None or row.revoked_at is not None:
        raise PaperRefused("over")
    _end(session, actor, now, row, why)
    case = session.get_one(Application, application_id)
    kinds = {kind.id: kind for kind in library.by_digest(session, case.digest).certificates}
    title = kinds[row.kind].title.say(case.language)
    notices.queue(session, now, "certificate_revoked", application_id, certificate=title, number=row.number)


def give_up(
    session: Session, actor: Actor, now: datetime, application_id: str, certificate_id: str, reason: str
) -> None:
    """Give up one that could not be made, as a clerk of the office: its number is cancelled with the reason.

    Raises `NotFound`, `PaperRefused` (no reason, or it was handed out or given up meanwhile).
    """
    row = own_row(session, actor, "certificate.reissue", application_id, certificate_id)
    why = checked_reason(reason)
    if row.issued_at is not None or row.revoked_at is not None:
        raise PaperRefused("over")
    _end(session, actor, now, row, why)


def own_row(session: Session, actor: Actor, action: str, application_id: str, certificate_id: str) -> Any:
    """The certificate's row of a case of the actor's office, the case locked. Raises `NotFound`."""
    case = lifecycle.lock(session, application_id)
    query = select(Certificate).where(Certificate.id == certificate_id, Certificate.application_id == application_id)
    row = session.execute(query).scalar_one_or_none()
    if row is None or not may(actor, action, case):
        raise NotFound(certificate_id)
    return row


def checked_reason(text: str) -> str:
    """The reason without the spaces around it. Raises `PaperRefused` where there is none, or too long a one."""
    reason = text.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise PaperRefused("reason" if not reason else "long")
    return reason


def _end(session: Session, actor: Actor, now: datetime, row: Any, reason: str) -> None:
    this = update(_certificate).where(_certificate.c.id == row.id)
    session.execute(this.values(revoked_at=now, revoked_by=actor.key, revoke_reason=of(row.application_id, reason)))
    if not numbers.cancel(session, actor, now, row.number, reason):
        audit.record(session, actor, now, "certificate.revoke", row.application_id, note=row.number)
