"""What is needed for a moment only: sessions that are over, codes and links that nobody can use any more."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import SYSTEM
from procedures.models import Challenge, ContactCode, MailLink, WebSession

A_DAY = timedelta(days=1)
TWO_DAYS = timedelta(days=2)


def _over(now: datetime) -> Mapping[type, ColumnElement[bool]]:
    """Codes and links are counted against misuse for a day."""
    return {
        WebSession: WebSession.expires_at < now - A_DAY,
        Challenge: Challenge.expires_at < now - A_DAY,
        ContactCode: ContactCode.sent_at < now - TWO_DAYS,
        MailLink: MailLink.asked_at < now - TWO_DAYS,
    }


def forget(session: Session, now: datetime) -> dict[str, int]:
    """Delete them; how many of each table. The audit log says so."""
    gone = {}
    for kind, over in _over(now).items():
        count = session.execute(delete(kind.__table__).where(over)).rowcount
        if count:
            gone[kind.__table__.name] = count
    for table, count in gone.items():
        audit.record(session, SYSTEM, now, "keeping.forget", table, note=str(count))
    return gone
