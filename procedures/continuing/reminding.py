"""Before a draft goes, its owner is reminded: a week and a day before, each once, and not if it was touched since."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, or_, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures import notices
from procedures.continuing.ending import ends_at
from procedures.days import tokyo_day
from procedures.models import Application, Draft
from procedures.reading.names import PREFIX

_WEEK, _DAY = 7, 1
_LONG, _SHORT = 14, 3
"""A draft that lives less than two weeks is not spoken of a week before; one of a day or two not at all."""


def leads(keep_days: int) -> Sequence[int]:
    """How many days before its end a draft of so many days is spoken of, the first reminder first."""
    if keep_days >= _LONG:
        return _WEEK, _DAY
    return (_DAY,) if keep_days >= _SHORT else ()


def remind(session: Session, now: datetime, limit: int = 100) -> int:
    """Queue up to `limit` reminders that are due; how many. Call again until it is 0.

    Of several that are due at once, as after a standstill, only the last is sent. Who gave no address, and has no
    account, is told on the pages alone. What was touched since a reminder gets its reminders anew.
    """
    queued = 0
    for days in session.execute(select(Draft.keep_days).distinct().order_by(Draft.keep_days)).scalars().all():
        for number, lead in reversed(list(enumerate(leads(days), start=1))):
            for row in _due(session, now, days, lead, number, limit - queued):
                _queue(session, now, row, number)
                queued += 1
    return queued


def _due(
    session: Session, now: datetime, days: int, lead: int, number: int, limit: int
) -> Sequence[Row[tuple[str, datetime, int]]]:
    """The drafts of so many days for which reminder `number` is due, locked."""
    query = (
        select(Draft.application_id, Draft.updated_at, Draft.keep_days)
        .join(Application, Application.id == Draft.application_id)
        .where(
            Application.status == Status.DRAFT,
            or_(Application.contact_email.is_not(None), Application.owner.startswith(PREFIX, autoescape=True)),
            Draft.keep_days == days,
            Draft.updated_at <= now - timedelta(days=days - lead),
            Draft.updated_at > now - timedelta(days=days),
            or_(Draft.reminded_of.is_(None), Draft.reminded_of != Draft.updated_at, Draft.reminded < number),
        )
        .order_by(Draft.updated_at, Draft.application_id)
        .limit(limit)
        .with_for_update(of=Draft, skip_locked=True)
    )
    return session.execute(query).all()


def _queue(session: Session, now: datetime, row: Row[tuple[str, datetime, int]], number: int) -> None:
    reminded = update(Draft.__table__).where(Draft.__table__.c.application_id == row.application_id)
    session.execute(reminded.values(reminded=number, reminded_of=row.updated_at))
    until = tokyo_day(ends_at(row.updated_at, row.keep_days))
    notices.queue(session, now, "draft_expires", row.application_id, until=until.isoformat())
