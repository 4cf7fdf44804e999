"""Data keys in a backup: written beside it, one file for all generations, so that a deleted key is gone everywhere."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from procedures.models.keys import CaseKey, Erased
from procedures.storing.chunks import in_chunks

KEPT_APART = ("case_key",)
"""Tables whose rows belong into no backup of the data."""

Row = Mapping[str, str]
_key = CaseKey.__table__


def dump(session: Session) -> Iterator[Row]:
    """The rows, wrapped as they lie in the database: worth nothing without the key ring."""
    for row in session.execute(select(_key).order_by(_key.c.id).execution_options(yield_per=1000)):
        yield {"id": row.id, "holder": row.holder, "master": row.master, "wrapped": row.wrapped}


def load(session: Session, rows: Iterable[Row]) -> int:
    """Put the rows of the newest key file in place of those that are there; how many. Erase what lacks one after it.

    A case that was erased since the backup of the data was made has no row here: `unfinished` names it.
    """
    session.execute(delete(_key))
    count = 0
    for some in in_chunks(rows):
        session.execute(insert(_key), [dict(row) for row in some])
        count += len(some)
    return count


def count(session: Session) -> int:
    """How many keys there are."""
    return session.execute(select(func.count()).select_from(_key)).scalar_one()


def erased(session: Session) -> frozenset[str]:
    """The holders of what was erased."""
    return frozenset(session.execute(select(Erased.holder)).scalars())
