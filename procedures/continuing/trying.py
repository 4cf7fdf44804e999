"""How often somebody tried something that did not fit, in all processes together."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from procedures.models import Tries
from procedures.storing.rows import insert_new

WITHIN = timedelta(hours=1)
MOST = 30


def too_many(session: Session, now: datetime, key: str) -> bool:
    """Whether this one tried too often within the hour."""
    row = session.execute(select(Tries.began, Tries.count).where(Tries.key == key)).one_or_none()
    return row is not None and row.began > now - WITHIN and row.count >= MOST


def failed(session: Session, now: datetime, key: str) -> None:
    """Count one. What is older than an hour is forgotten, whoever it was of."""
    session.execute(delete(Tries).where(Tries.began <= now - WITHIN))
    insert_new(session, Tries.__table__, {"key": key, "began": now, "count": 0}, unique="key")
    session.execute(update(Tries).where(Tries.key == key).values(count=Tries.count + 1))
