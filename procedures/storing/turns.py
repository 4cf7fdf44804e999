"""How writers of one SQLite file wait for each other: they look again at once; SQLite itself sleeps too long."""

from time import monotonic, sleep
from typing import Any

PATIENCE = 15.0
"""Seconds after which a writer gives up; so long may another hold the file."""
LOOK = 0.001
"""SQLite looks again after 1, 2, 5, 10 … and at last every 100 ms, and so whoever waited longest misses its turn."""


def begin_writing(connection: Any) -> None:
    """`BEGIN IMMEDIATE` on a DB-API connection. Raises what SQLite raises when the file was not free in time."""
    from pysqlite3 import dbapi2

    connection.execute("PRAGMA busy_timeout = 0")
    until = monotonic() + PATIENCE
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except dbapi2.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != dbapi2.SQLITE_BUSY or monotonic() > until:
                    raise
                sleep(LOOK)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
