"""Numbered steps of the database's shape, and running them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Literal

from sqlalchemy import Connection, Transaction, inspect, text
from sqlalchemy.exc import OperationalError

from procedures.database import Database

FOLDER = Path(__file__).parent
NUMBERED = "[0-9][0-9][0-9][0-9]_*.py"
PATIENCE = 600_000  # milliseconds that one who migrates waits for another who does
LOCK = 0x7E75_A20B  # of nobody else in this database
BUSY = 5  # what SQLite says when another writes


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to `revision`, all in one transaction. Whoever else is at it is waited for."""
    _run(database, "upgrade", revision)


def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to `revision`; `base` is empty."""
    _run(database, "downgrade", revision)


def _run(database: Database, direction: Literal["upgrade", "downgrade"], revision: str) -> None:
    with _alone(database) as connection:
        run_within(connection, direction, revision)


def run_within(connection: Connection, direction: Literal["upgrade", "downgrade"], revision: str) -> None:
    """The same inside a transaction that somebody else began and ends."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    getattr(command, direction)(config, revision)


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """A writing transaction that no second one who migrates can be in."""
    if database.dialect == "postgresql":
        with database.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {PATIENCE}"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            connection.execute(text("SET LOCAL lock_timeout = '15s'"))
            yield connection
        return
    with database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        # SQLite changes a table by building it anew in its place; what points to it would be in the way of that.
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with _begun(connection):
                yield connection
                _demand_whole(raw)
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _begun(connection: Connection) -> Transaction:
    """A writing transaction on SQLite, once nobody else is in one: who migrates may need longer than who saves."""
    until = monotonic() + PATIENCE / 1000
    while True:
        try:
            return connection.begin()
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != BUSY or monotonic() > until:
                raise
            sleep(0.1)


def _demand_whole(raw: Any) -> None:
    """Raises where a row points to one that is not there: SQLite looks at that before the commit alone."""
    lost = raw.execute("PRAGMA foreign_key_check").fetchmany(5)
    if lost:
        told = "; ".join(f"{table} {row} -> {target}" for table, row, target, _ in lost)
        raise RuntimeError(f"rows point to what is not there, and nothing was changed: {told}")


def head() -> str:
    """The newest revision in this installation. They are numbered, so no process has to load Alembic to know it."""
    newest = max(path.name for path in (FOLDER / "versions").glob(NUMBERED))
    return newest.partition("_")[0]


def current(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""
    with database.reading_engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def fits(database: Database, needed: str) -> bool:
    """Whether the release whose newest revision is `needed` works on this database.

    It does on its own shape, and on a newer one as long as that took nothing away that it needs (`expanding`).
    """
    there = current(database)
    if there is None or there <= needed:
        return there == needed
    with database.reading_engine.connect() as connection:
        floor: str | None = connection.scalar(text("SELECT revision FROM schema_floor"))
    return floor is not None and floor <= needed


def pending(database: Database) -> list[tuple[str, str]]:
    """What `upgrade` would do: (revision, what it is for), in order."""
    import ast

    there = current(database) or ""
    files = sorted((FOLDER / "versions").glob(NUMBERED))
    waiting = [file for file in files if file.name.partition("_")[0] > there]
    told = [ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "" for file in waiting]
    return [(file.name.partition("_")[0], text.partition("\n")[0]) for file, text in zip(waiting, told, strict=True)]
