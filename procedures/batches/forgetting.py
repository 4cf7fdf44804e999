"""Batches that nobody confirmed, or whose results have been there long enough."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from procedures.models import Batch, BatchItem

UNCONFIRMED = timedelta(days=1)
KEPT = timedelta(days=30)


def forget(session: Session, now: datetime, limit: int = 100) -> int:
    """Delete up to `limit` of them with their lines; returns how many. What happened to a case is in its history."""
    given_up = and_(Batch.state == "prepared", Batch.created_at < now - UNCONFIRMED)
    old = and_(Batch.state == "done", Batch.created_at < now - KEPT)
    query = select(Batch.id).where(or_(given_up, old)).order_by(Batch.created_at).limit(limit)
    gone = list(session.execute(query.with_for_update(skip_locked=True)).scalars())
    if gone:
        session.execute(delete(BatchItem).where(BatchItem.batch_id.in_(gone)))
        session.execute(delete(Batch).where(Batch.id.in_(gone)))
    return len(gone)
