"""Writing a row only where none stands yet, the same on both databases."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from procedures.storing.fixed import Fixed


def insert_new(session: Session, table: Table, row: Mapping[str, object], *, unique: str) -> bool:
    """Insert `row`; False when a row with the same value in the `unique` column is there already."""
    statement = _statement(session.connection().dialect.name, table, unique)
    return bool(statement.all(session, row))


@cache
def _statement(dialect_name: str, table: Table, unique: str) -> Fixed:
    """Put together once: that costs several times what running it does."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing(index_elements=[unique])
    return Fixed(statement.returning(table.c[unique]))
