"""Signs of life: what runs says so again and again, and what was done says when."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from procedures.models import Heartbeat
from procedures.storing.rows import insert_new

WORKER = "worker:"
BACKUP = "backup"
FORGOTTEN_AFTER = timedelta(days=1)
"""A worker that was killed leaves its last sign of life behind for so long."""


def beat(session: Session, now: datetime, name: str) -> None:
    """`name` works at `now`."""
    if session.execute(update(Heartbeat).where(Heartbeat.name == name).values(at=now)).rowcount == 0:
        insert_new(session, Heartbeat.__table__, {"name": name, "at": now}, unique="name")
    old = Heartbeat.name.startswith(WORKER, autoescape=True) & (Heartbeat.at < now - FORGOTTEN_AFTER)
    session.execute(delete(Heartbeat).where(old))


def end(session: Session, name: str) -> None:
    """`name` has stopped in good order."""
    session.execute(delete(Heartbeat).where(Heartbeat.name == name))


def last(session: Session, name: str) -> datetime | None:
    """The newest sign of life of all whose name begins so; None where there was none."""
    return session.scalar(select(func.max(Heartbeat.at)).where(Heartbeat.name.startswith(name, autoescape=True)))
