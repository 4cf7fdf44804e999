"""What goes by its age alone, as `retention.FORGOTTEN` says, and work that was done."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.keeping.retention import FORGOTTEN, JOBS_KEPT, KEYS_KEPT
from procedures.models import Base, Job

EMPTIED: dict[str, object] = {}
"""The payload of work whose key alone is left."""


def forget(session: Session, now: datetime) -> dict[str, int]:
    """Delete what is over; how many of each table. The audit log says so."""
    gone = {}
    for name, age in FORGOTTEN.items():
        table = Base.metadata.tables.get(name)  # payments' are there where payments is
        if table is not None:
            count = session.execute(delete(table).where(table.c[age.column] < now - age.after)).rowcount
            if count:
                gone[name] = count
    _note(session, now, gone)
    return gone


def forget_jobs(session: Session, now: datetime, limit: int) -> int:
    """Up to `limit` jobs that were done long ago; how many. What has a key must not be done again: that stays."""
    old = (Job.state == "done", Job.finished_at < now - JOBS_KEPT)
    plain = session.scalars(select(Job.id).where(*old, Job.key.is_(None)).limit(limit)).all()
    plain += session.scalars(select(Job.id).where(*old, Job.finished_at < now - KEYS_KEPT).limit(limit)).all()
    if plain:
        session.execute(delete(Job.__table__).where(Job.id.in_(plain)))
    keyed = select(Job.id).where(*old, Job.key.is_not(None), Job.payload != EMPTIED)
    emptied = session.scalars(keyed.limit(limit)).all()
    if emptied:
        session.execute(update(Job.__table__).where(Job.id.in_(emptied)).values(payload=EMPTIED, request_id=None))
    _note(session, now, {"job": len(plain)} if plain else {})
    return max(len(plain), len(emptied))


def write_through(database: Database) -> None:
    """On SQLite what was deleted stands in the log of changes until that is written into the file and emptied."""
    if database.dialect == "sqlite":
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _note(session: Session, now: datetime, gone: dict[str, int]) -> None:
    for table, count in gone.items():
        audit.record(session, SYSTEM, now, "keeping.forget", table, note=str(count))
