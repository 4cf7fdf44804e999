"""Which days are open. Days are closed in order, so one day says it all: the last closed one."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import ClosingHead

_head = ClosingHead.__table__
_HEAD = select(_head.c.day).where(_head.c.id == 1)


def last_closed(session: Session) -> date | None:
    """The last closed day of Tokyo; None while no day has been closed."""
    return session.execute(_HEAD).scalar_one()


def open_day(session: Session, day: date) -> date:
    """The day on which something that happened on `day` is posted: that day, or the first open one if it is closed.

    No day can be closed before this transaction ends (PostgreSQL: a shared lock on the head, which closing takes alone;
    SQLite: `BEGIN IMMEDIATE` lets one writer in).
    """
    last = session.execute(_HEAD.with_for_update(read=True)).scalar_one()
    return day if last is None or day > last else last + timedelta(days=1)
