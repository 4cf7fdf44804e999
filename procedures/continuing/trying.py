"""How often somebody tried something that did not fit, in all processes together."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from procedures.models import Tries
from procedures.storing.rows import insert_new

WITHIN = timedelta(hours=1)
MOST = 30
_ANY = 2**31 - 1


def too_many(session: Session, now: datetime, key: str, most: int = MOST, within: timedelta = WITHIN) -> bool:
    """Whether this one tried too often within the hour, or a shorter time."""
    row = session.execute(select(Tries.began, Tries.count).where(Tries.key == key)).one_or_none()
    return row is not None and row.began > now - within and row.count >= most


def take(
    session: Session, now: datetime, key: str, most: int, within: timedelta, portion: int = 1
) -> tuple[int, datetime]:
    """Take up to `portion` of the `most` that may be done `within` (an hour at most) of the first.

    Two who ask at once never get more than that together. How many were got, 0 where nothing is left, and until when
    they count.
    """
    insert_new(session, Tries.__table__, {"key": key, "began": now, "count": 0}, unique="key")
    over = Tries.began <= now - within
    began = case((over, literal(now, Tries.began.type)), else_=Tries.began)
    count = case((over, 0), else_=Tries.count) + portion
    mine = update(Tries).where(Tries.key == key, or_(over, Tries.count < most)).values(began=began, count=count)
    row = session.execute(mine.returning(Tries.began, Tries.count)).one_or_none()
    if row is None:
        return 0, session.execute(select(Tries.began).where(Tries.key == key)).scalar_one() + within
    if row.count == portion:
        session.execute(delete(Tries).where(Tries.began <= now - WITHIN))
    return portion - max(0, row.count - most), row.began + within


def failed(session: Session, now: datetime, key: str, within: timedelta = WITHIN) -> None:
    """Count one, the first after `within` anew. What is older than an hour is forgotten, whoever it was of."""
    session.execute(delete(Tries).where(Tries.began <= now - WITHIN))
    take(session, now, key, _ANY, within)
