"""Deleting data keys: what was sealed under them can never be read again."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from procedures.models.keys import CaseKey
from procedures.storing.chunks import in_chunks


def forget_keys(session: Session, holders: Iterable[str]) -> int:
    """Delete the keys of these holders; how many there were."""
    gone = 0
    for some in in_chunks(holders):
        gone += session.execute(delete(CaseKey.__table__).where(CaseKey.holder.in_(some))).rowcount
    return gone
