"""PostgreSQL: every table by COPY out of one snapshot, without a program of the system, and for any version of it."""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from web.backups import KEPT_APART

FOLDER = "tables"
FAST = 1  # how hard gzip tries
PIECE = 1024 * 1024

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_COLUMNS = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = :table "
    "AND is_generated = 'NEVER' ORDER BY ordinal_position"
)
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"


def tables(connection: Connection) -> dict[str, list[str]]:
    """The columns of every table."""
    names = connection.execute(text(_TABLES)).scalars().all()
    return {name: list(connection.execute(text(_COLUMNS), {"table": name}).scalars()) for name in names}


def dump(connection: Connection, folder: Path) -> tuple[dict[str, int], dict[str, list[str]], dict[str, int]]:
    """Write every table into `folder`; numbers of rows, columns, and where the sequences stand.

    `connection` is in a transaction of the level REPEATABLE READ: all tables are as they were at one moment.
    """
    columns = tables(connection)
    (folder / FOLDER).mkdir(mode=0o700)
    rows = {name: 0 if name in KEPT_APART else _out(connection, folder, name, columns[name]) for name in columns}
    standing = {row[0]: row[1] for row in connection.execute(text(_SEQUENCES)) if row[1] is not None}
    return rows, columns, standing


def load(connection: Connection, folder: Path, columns: Mapping[str, list[str]], sequences: Mapping[str, int]) -> None:
    """Fill the tables, which have the shape that they had, inside the transaction of `connection`.

    Foreign keys are taken off and put on again, which checks all rows at once; triggers rest meanwhile, since they
    guard changes, and these are none.
    """
    references = _references(connection)
    for table, name, _definition in references:
        _run(connection, "ALTER TABLE {} DROP CONSTRAINT {}", table, name)
    for table in columns:
        _run(connection, "ALTER TABLE {} DISABLE TRIGGER USER", table)
    for table in columns:
        _run(connection, "DELETE FROM {}", table)
    for table, names in columns.items():
        if table not in KEPT_APART:
            _in(connection, folder, table, names)
    for table in columns:
        _run(connection, "ALTER TABLE {} ENABLE TRIGGER USER", table)
    for table, name, definition in references:
        put_on = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} ").format(sql.Identifier(table), sql.Identifier(name))
        _cursor(connection).execute(put_on + sql.SQL(definition))
    for name, value in sequences.items():
        connection.execute(text("SELECT setval(CAST(:name AS regclass), :value)"), {"name": name, "value": value})


def empty(connection: Connection) -> None:
    """Take every table and function of ours away, inside the transaction of `connection`."""
    for table in connection.execute(text(_TABLES)).scalars().all():
        _run(connection, "DROP TABLE IF EXISTS {} CASCADE", table)
    functions = (
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = current_schema() AND NOT EXISTS "
        "(SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    )
    for signature in connection.execute(text(functions)).scalars().all():
        _cursor(connection).execute(sql.SQL("DROP FUNCTION " + signature + " CASCADE"))


def named(connection: Connection, columns: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The keys of files in these columns (table, column), as far as the database has them."""
    there = set(connection.execute(text(_TABLES)).scalars())
    for table, column in columns:
        if table in there:
            query = sql.SQL("SELECT {0} FROM {1} WHERE {0} IS NOT NULL").format(
                sql.Identifier(column), sql.Identifier(table)
            )
            yield from (row[0] for row in _cursor(connection).execute(query))


def count_rows(file: Path) -> int:
    """How many rows a file of COPY holds: a line each, for line ends in values are written as two characters."""
    with gzip.open(file, "rb") as rows:
        return sum(piece.count(b"\n") for piece in iter(lambda: rows.read(PIECE), b""))


def file_of(folder: Path, table: str) -> Path:
    """Where a table's rows lie."""
    return folder / FOLDER / f"{table}.copy.gz"


def _out(connection: Connection, folder: Path, table: str, columns: list[str]) -> int:
    cursor = _cursor(connection)
    what = _statement("COPY {} ({}) TO STDOUT", table, columns)
    with gzip.open(file_of(folder, table), "wb", compresslevel=FAST) as file, cursor.copy(what) as rows:
        for piece in rows:
            file.write(piece)
    return int(cursor.rowcount)


def _in(connection: Connection, folder: Path, table: str, columns: list[str]) -> None:
    what = _statement("COPY {} ({}) FROM STDIN", table, columns)
    with gzip.open(file_of(folder, table), "rb") as file, _cursor(connection).copy(what) as rows:
        while piece := file.read(PIECE):
            rows.write(piece)


def _references(connection: Connection) -> list[tuple[str, str, str]]:
    query = (
        "SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c "
        "JOIN pg_namespace n ON n.oid = c.connamespace WHERE c.contype = 'f' AND n.nspname = current_schema()"
    )
    return [tuple(row) for row in connection.execute(text(query))]


def _statement(form: str, table: str, columns: list[str]) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(form).format(sql.Identifier(table), listed)


def _run(connection: Connection, form: str, *names: str) -> None:
    _cursor(connection).execute(sql.SQL(form).format(*map(sql.Identifier, names)))


def _cursor(connection: Connection) -> Any:
    """A cursor of the driver in the connection's transaction."""
    return connection.connection.driver_connection.cursor()
