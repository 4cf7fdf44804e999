"""Which blobs the database names: every column `blob_key` of every table, whichever layer it belongs to."""

from collections.abc import Iterator

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from procedures.models import Base

COLUMN = "blob_key"


def named(session: Session) -> Iterator[str]:
    """The keys of all bytes that a row stands for; what is not among them belongs to nobody."""
    for column in columns():
        yield from session.scalars(select(column).where(column.is_not(None)).execution_options(yield_per=1000))


def columns() -> list[Column[str]]:
    """Where keys of blobs are kept."""
    return [table.c[COLUMN] for table in Base.metadata.sorted_tables if COLUMN in table.c]
