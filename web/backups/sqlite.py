"""SQLite: the whole database as it was at one moment, copied page by page while others go on writing."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from web.backups import KEPT_APART

NAME = "tetsuzuki.db"
PATIENCE = 60_000  # milliseconds


def copy(source: Path, target: Path) -> None:
    """In one step, in one reading transaction: writers go on, and none of what they write meanwhile is in it.

    Without the rows of the tables that are kept apart; their pages are overwritten.
    """
    with closing(_open(source)) as live, closing(_open(target)) as made:
        live.backup(made)
        made.execute("PRAGMA journal_mode = MEMORY")
        made.execute("PRAGMA secure_delete = ON")
        for table in apart(made):
            made.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name of ours
        made.execute("PRAGMA journal_mode = DELETE")


def tables(file: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(look(file)) as database:
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _names(database)}  # noqa: S608 - names from the catalogue


def revision(file: Path) -> str:
    """Which shape it has."""
    with closing(look(file)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def faults(file: Path) -> list[str]:
    """What SQLite itself finds wrong with the file."""
    with closing(look(file)) as database:
        told = [row[0] for row in database.execute("PRAGMA integrity_check")]
        lost = [f"foreign key: {row[0]} {row[1]}" for row in database.execute("PRAGMA foreign_key_check")]
    return [line for line in told if line != "ok"] + lost


def named(file: Path, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The keys of files in these columns (table, column), as far as the database has them."""
    with closing(look(file)) as database:
        there = set(_names(database))
        for table, column in columns:
            if table in there:
                rows = database.execute(f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL')  # noqa: S608 - names of ours
                yield from (row[0] for row in rows)


def apart(database: Any) -> list[str]:
    """The tables of this database that are kept apart."""
    return [name for name in KEPT_APART if name in _names(database)]


def look(file: Path) -> Any:
    """A connection to a copy that nobody writes; leaves no file beside it."""
    from pysqlite3 import dbapi2

    return dbapi2.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _open(file: Path) -> Any:
    from pysqlite3 import dbapi2

    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    return connection


def _names(database: Any) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    return [row[0] for row in database.execute(query)]
