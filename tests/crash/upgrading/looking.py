"""What a database holds, to be compared: its revision, its shape in full, and every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, literal_column, select, table, text

import migrations
from procedures.database import Database

_SHAPE = {
    "sqlite": ("SELECT type, name, tbl_name, sql FROM sqlite_master",),
    "postgresql": (
        """SELECT table_name, column_name, data_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    ),
}


@dataclass(frozen=True)
class Seen:
    """A database at one moment. Rows are told by what they hold, in no order."""

    revision: str | None
    shape: Sequence[str]
    rows: Mapping[str, Sequence[str]]

    def differs(self, other: "Seen") -> list[str]:
        """In what, a line each; empty when nothing does."""
        lines = [] if self.revision == other.revision else [f"revision {self.revision}, not {other.revision}"]
        lines += [f"shape: {line}" for line in sorted(set(self.shape) ^ set(other.shape))]
        names = sorted({*self.rows, *other.rows})
        return lines + [f"rows of {name}" for name in names if self.rows.get(name) != other.rows.get(name)]


def look(database: Database) -> Seen:
    """All of it, read in one transaction."""
    with database.reading_engine.connect() as connection:
        return Seen(migrations.current(database), shape_of(connection), _rows(connection))


def shape(database: Database) -> Sequence[str]:
    """Tables with their columns, indexes, triggers, rules and functions, a line each."""
    with database.reading_engine.connect() as connection:
        return shape_of(connection)


def shape_of(connection: Connection) -> Sequence[str]:
    """The same, over a connection."""
    found = [connection.execute(text(query)).all() for query in _SHAPE[connection.dialect.name]]
    return sorted(_told(row) for rows in found for row in rows)


def _told(row: Sequence[object]) -> str:
    """One line. Where SQLite builds a table anew its constraints come in any order, and its name in quotes."""
    return " | ".join(" ".join(sorted(str(part).replace('"', "").replace(",", " ").split())) for part in row)


def _rows(connection: Connection) -> dict[str, Sequence[str]]:
    everything = {
        name: connection.execute(select(literal_column("*")).select_from(table(name))).mappings().all()
        for name in inspect(connection).get_table_names()
    }
    return {name: sorted(str(sorted(row.items())) for row in rows) for name, rows in everything.items()}
