"""One discrepancy under its lock, for whoever is about to change it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Discrepancy
from procedures.errors import NotFound


def lock(session: Session, discrepancy_id: str) -> Discrepancy:
    """The discrepancy, locked until the transaction ends. Raises `NotFound`."""
    query = select(Discrepancy).where(Discrepancy.id == discrepancy_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound(discrepancy_id)
    return found
