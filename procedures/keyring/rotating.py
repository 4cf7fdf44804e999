"""Rotation of the master key: every data key is wrapped anew by the one in use, then an old one may go."""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from procedures.database import Database
from procedures.keyring.keys import about
from procedures.keyring.ring import Ring
from procedures.models.keys import CaseKey

A_PORTION = 500

_key = CaseKey.__table__


def rewrap(database: Database) -> int:
    """Portion by portion, each a transaction of its own, while everything goes on; how many keys were wrapped anew."""
    if database.ring is None:
        return 0
    total, done = 0, A_PORTION
    while done == A_PORTION:
        with database.write() as session:
            done = rewrap_portion(session, database.ring)
        total += done
    return total


def rewrap_portion(session: Session, ring: Ring, limit: int = A_PORTION) -> int:
    """Wrap the next keys anew; how many. Keys that another worker is just wrapping are passed over."""
    current = ring.masters().current
    others = select(_key).where(_key.c.master != current).limit(limit).with_for_update(skip_locked=True)
    rows = session.execute(others).all()
    for row in rows:
        bound = about(row.holder, row.id)
        master, wrapped = ring.wrap(ring.unwrap(row.wrapped, row.master, bound), bound)
        session.execute(update(_key).where(_key.c.id == row.id).values(master=master, wrapped=wrapped))
    return len(rows)


def wraps(session: Session) -> Mapping[str, int]:
    """How many data keys each master key wraps. One that wraps none may be dropped."""
    query = select(_key.c.master, func.count().label("count")).group_by(_key.c.master)
    return {row.master: row.count for row in session.execute(query)}
