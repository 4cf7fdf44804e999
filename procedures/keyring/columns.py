"""Every sealed column of the database, and in SQL as whose a row lies."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import Column, ColumnElement, Table, Text, type_coerce

from procedures.keyring.envelopes import FORM
from procedures.models.base import Base
from procedures.models.sealed import SealedText
from procedures.models.whose import whose_row


def sealed_tables() -> Mapping[Table, tuple[Column[str], ...]]:
    """The tables that have sealed columns, with those; of every package whose models are loaded."""
    return _sealed_of(len(Base.metadata.tables))


@lru_cache(maxsize=1)
def _sealed_of(_tables: int) -> Mapping[Table, tuple[Column[str], ...]]:
    every = ((table, tuple(filter(_is_sealed, table.c))) for table in Base.metadata.sorted_tables)
    return MappingProxyType({table: columns for table, columns in every if columns})


def _is_sealed(column: Column[str]) -> bool:
    return isinstance(column.type, SealedText)


def raw(column: Column[str]) -> ColumnElement[str]:
    """What lies in a sealed column, as it lies there."""
    return type_coerce(column, Text)


def is_plain(column: Column[str]) -> ColumnElement[bool]:
    """That it holds something from before there were keys."""
    return column.is_not(None) & ~raw(column).startswith(FORM, autoescape=True)


def holder_of(table: Table) -> ColumnElement[str]:
    """As whose a row of the table lies."""
    whose = whose_row(table)
    if whose is None:
        raise TypeError(f"{table.name} does not say whose its rows are")
    return whose
