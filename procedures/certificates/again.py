"""Issuing a certificate again (再交付): a new number for what the earlier one says, which is replaced by it."""

from datetime import datetime

from sqlalchemy.orm import Session

from procedures import audit, lifecycle
from procedures.actors import Actor
from procedures.certificates.ending import checked_reason, own_row
from procedures.days import tokyo_day
from procedures.errors import PaperRefused
from procedures.models import Certificate
from procedures.papers.numbers import reserve
from procedures.papers.ordering import ask, newest


def issue_again(
    session: Session, actor: Actor, now: datetime, application_id: str, certificate_id: str, reason: str
) -> str:
    """Order it again as a clerk of the office; returns the new number. Nothing is charged.

    It says the same, is good as long as the earlier one, and is marked. The earlier one stands until the new one is
    handed out. Raises `NotFound`, `PaperRefused` (no reason; expired, revoked, replaced, or one is being made already).
    """
    row = own_row(session, actor, "certificate.reissue", application_id, certificate_id)
    why = checked_reason(reason)
    today, last = tokyo_day(now), newest(session, application_id, row.kind)
    if last is None or last.id != row.id or row.issued_at is None or row.revoked_at is not None:
        raise PaperRefused("over")
    if row.valid_until is not None and row.valid_until < today:
        raise PaperRefused("expired")
    case = lifecycle.lock(session, application_id)
    number = reserve(session, now, "certificate", case.office, application_id, row.kind)
    again = Certificate(
        application_id=application_id,
        kind=row.kind,
        number=number,
        issued_on=today,
        valid_until=row.valid_until,
        reserved_at=now,
        edition=row.edition + 1,
        replaces=row.id,
        again_reason=why,
    )
    session.add(again)
    session.flush()
    ask(session, now, application_id, row.kind, again.edition, row.id)
    audit.record(session, actor, now, "certificate.again", application_id, note=f"{row.number} {number}")
    return number
