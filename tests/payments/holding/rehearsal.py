"""A database whose commits are savepoints of one transaction, so that a test can go back to any moment of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from procedures.database import Database
from procedures.storing.transactions import OneTransaction
from tests.quiet import WATCH


class Died(BaseException):
    """The process is gone. Not an Exception: nothing in the code may live on because it catches one."""


def nothing() -> None:
    """Nothing happens."""


@dataclass(frozen=True)
class Rehearsal(Database):
    """Services see a `Database`; what they commit lasts until somebody goes back.

    Everything runs in one connection, so nobody else sees it, and two transactions are never open at once: races are
    for real databases. Deferred constraints of PostgreSQL are asked for at each commit. `moments` are called at each:
    the first before it is made, the second after.
    """

    connection: Connection = field(kw_only=True)
    moments: list[Callable[[], None]] = field(default_factory=lambda: [nothing, nothing])
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def commits(self) -> int:
        """How many were made, or died at."""
        return self.counts["commits"]

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Rolled back, as always."""
        with self.going_back(), self._inside() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Kept when the block ends, gone when it raises or when the process dies at the commit."""
        self._run("SAVEPOINT committing")
        try:
            with self._inside() as session:
                yield session
                session.settle()
            self.counts["commits"] += 1
            self.moments[0]()
            if self.dialect == "postgresql":
                self._run("SET CONSTRAINTS ALL IMMEDIATE")
                self._run("SET CONSTRAINTS ALL DEFERRED")
        except BaseException:
            self._run("ROLLBACK TO SAVEPOINT committing")
            raise
        finally:
            self._run("RELEASE SAVEPOINT committing")
        self.moments[1]()

    @contextmanager
    def going_back(self) -> Iterator[None]:
        """Whatever is committed inside has not happened afterwards. May be nested."""
        self._run("SAVEPOINT moment")
        try:
            yield
        finally:
            self._run("ROLLBACK TO SAVEPOINT moment")
            self._run("RELEASE SAVEPOINT moment")

    @contextmanager
    def _inside(self) -> Iterator[OneTransaction]:
        session = OneTransaction(self.connection)
        WATCH.entered(self.connection)
        try:
            with self.keyed(session):
                yield session
        finally:
            WATCH.left(self.connection)
            session.leave()

    def _run(self, statement: str) -> None:
        driver: Any = self.connection.connection.driver_connection
        driver.execute(statement)  # past SQLAlchemy, to which it says nothing: half of all statements are these


@contextmanager
def rehearsing(database: Database) -> Iterator[Rehearsal]:
    """Rehearse on this database; it is as before when the block ends."""
    with database.engine.connect() as connection, connection.begin() as outer:
        WATCH.left(connection)  # the one transaction that is always open is the stage, not the play
        yield Rehearsal(database.engine, database.reading_engine, database.ring, connection=connection)
        outer.rollback()
