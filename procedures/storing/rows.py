"""Writing a row only where none stands yet, the same on both databases."""

from collections.abc import Mapping

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_new(session: Session, table: Table, row: Mapping[str, object], *, unique: str) -> bool:
    """Insert `row`; False when a row with the same value in the `unique` column is there already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(row).on_conflict_do_nothing(index_elements=[unique])
    return session.execute(statement.returning(table.c[unique])).first() is not None
