"""Rows in another order than that in which they were written: whoever asked for none may get any."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool


@event.listens_for(Pool, "connect")
def backwards(connection: Any, _record: object) -> None:
    """SQLite reads from the end wherever no order is asked for, so that a test that counts on one does not pass.

    PostgreSQL mostly gives rows as they were written, but not always: after an update or in a table that was emptied.
    """
    if "sqlite3" in type(connection).__module__:
        connection.execute("PRAGMA reverse_unordered_selects = ON")
