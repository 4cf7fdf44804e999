"""Opening the database, and the two kinds of transaction: reading and writing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from procedures.keyring.keys import Site, TransactionKeys
from procedures.keyring.live import entered
from procedures.keyring.ring import Ring
from procedures.storing.transactions import OneTransaction
from procedures.storing.turns import begin_writing

SAFE_SQLITE = (3, 51, 3)
"""Below this the SQLite library can corrupt a WAL file that several processes write (mended in 3.51.3)."""

_PRAGMAS = (
    "PRAGMA busy_timeout = 15000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


_READ_ONLY = ("PRAGMA query_only = ON",)


class UnsafeDatabase(Exception):
    """The database cannot be opened without risk to the data; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `engine` writes; a transaction of `read()` is refused by the database when it writes.

    `ring` wraps the keys under which cases are sealed; without one, nothing of them can be read or written.
    """

    engine: Engine
    reading_engine: Engine
    ring: Ring | None = None
    site: Site = field(default_factory=Site)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session in a read-only transaction."""
        with self.reading_engine.connect() as connection:
            connection.begin()  # rolled back when the connection is closed
            session = OneTransaction(connection)
            try:
                with self.keyed(session):
                    yield session
            finally:
                session.leave()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in a writing transaction: committed when the block ends, rolled back when it raises."""
        with self.engine.begin() as connection:
            session = OneTransaction(connection)
            try:
                with self.keyed(session) as keys:
                    yield session
                    session.settle()
                    keys.settle()
            finally:
                session.leave()

    @contextmanager
    def keyed(self, session: OneTransaction) -> Iterator[TransactionKeys]:
        """While the block runs, sealed columns take their keys in this session's transaction."""
        keys = TransactionKeys(session, self.ring, self.site)
        with entered(keys):
            yield keys

    def sealing(self) -> bool:
        """Whether what is written now is sealed. Asks the database as long as it is not."""
        if self.site.known:
            return True
        with self.read() as session:
            return self.site.sealing(session)

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.reading_engine.dispose()


def open_database(url: str, processes: int = 1, ring: Ring | None = None) -> Database:
    """Open `sqlite:///file` or `postgresql://…`.

    `processes` is how many processes will use it; `ring` holds the master keys. Raises `UnsafeDatabase` for a SQLite
    library that is not safe with several, and for SQLite in memory, where every connection would see its own database.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        reading = _sqlite(parsed, processes, _begin, _READ_ONLY)
        return Database(_sqlite(parsed, processes, begin_writing), reading, ring)
    engine = _postgresql(parsed)
    # One moment for all that a transaction reads, as on SQLite: else sums of two queries differ while others pay.
    reading = engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
    return Database(engine, reading, ring)


def _begin(connection: Any) -> None:
    connection.execute("BEGIN")


def _sqlite(url: URL, processes: int, begin: Callable[[Any], None], more_pragmas: Sequence[str] = ()) -> Engine:
    """Connections that begin transactions with `begin`.

    Writers take the write lock at once: a later upgrade of a reading transaction would fail as busy.
    """
    from pysqlite3 import dbapi2

    if not url.database or url.database == ":memory:":
        raise UnsafeDatabase("SQLite in memory is not supported: give a file, sqlite:///path/to/file.db")
    check_sqlite(dbapi2, processes)
    engine = create_engine(url, module=dbapi2, connect_args={"isolation_level": None, "timeout": 15})

    def prepare(connection: Any, _record: object) -> None:
        for pragma in (*_PRAGMAS, *more_pragmas):
            connection.execute(pragma)

    event.listen(engine, "connect", prepare)

    def begun(connection: Connection) -> None:
        try:
            begin(connection.connection.driver_connection)
        except dbapi2.Error as error:  # from here SQLAlchemy would let it pass as it is, and nobody would know it
            raise DBAPIError.instance("BEGIN", None, error, dbapi2.Error) from error

    event.listen(engine, "begin", begun)
    return engine


def check_sqlite(library: ModuleType, processes: int) -> None:
    """Raise `UnsafeDatabase` if this SQLite library is not safe for `processes`."""
    if processes > 1 and library.sqlite_version_info < SAFE_SQLITE:
        raise UnsafeDatabase(
            f"SQLite {library.sqlite_version} can corrupt the database when several processes use it. "
            "Install pysqlite3 with SQLite 3.51.3 or later, use one process, or use PostgreSQL."
        )


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=15s"},
    )
