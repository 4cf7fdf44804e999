"""Counting without slowing a page: in memory, and written down together every few seconds."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from procedures.insight.measures import Happening
from procedures.models import JourneyCount

EVERY = timedelta(seconds=10)
MOST_KINDS = 5_000  # of what is not yet written; a guard, far above what ten seconds bring

_table = JourneyCount.__table__
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Counts:
    """The counts of one process that are not yet in the database. A process that is killed loses these few seconds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Counter[Happening] = Counter()
        self._written_at: datetime | None = None

    def add(self, *happenings: Happening) -> None:
        """Count each once."""
        with self._lock:
            if len(self._waiting) < MOST_KINDS:
                self._waiting.update(happenings)

    def due(self, now: datetime) -> bool:
        """Whether there is something to write and it is time to."""
        if not self._waiting:
            return False
        with self._lock:
            if self._written_at is None:
                self._written_at = now
            return now - self._written_at >= EVERY

    def take(self, now: datetime) -> Mapping[Happening, int]:
        """What waits, which is then forgotten here: `write` it, or `put_back` what could not be written."""
        with self._lock:
            taken, self._waiting, self._written_at = self._waiting, Counter(), now
        return taken

    def put_back(self, taken: Mapping[Happening, int]) -> None:
        """Count again what could not be written."""
        with self._lock:
            self._waiting.update(taken)


def write(session: Session, counts: Mapping[Happening, int]) -> None:
    """Add counts to those of the database, in one statement and always in the same order (two writers never cross)."""
    rows = [_row(happening, count) for happening, count in counts.items()]
    if not rows:
        return
    rows.sort(key=lambda row: tuple(str(value) for value in row.values()))
    statement = _INSERTS[session.get_bind().dialect.name](_table).values(rows)
    keys = [column.name for column in _table.primary_key]
    total = _table.c.count + statement.excluded.count
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_={"count": total}))


def _row(happening: Happening, count: int) -> dict[str, Any]:
    return {
        "procedure_id": happening.procedure_id,
        "version": happening.version,
        "day": happening.day,
        "page": happening.page,
        "measure": happening.measure.value,
        "detail": happening.detail,
        "count": count,
    }
