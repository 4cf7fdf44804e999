"""Every sealed column of the database, and in SQL as whose a row lies."""

from collections.abc import Mapping

from sqlalchemy import Column, ColumnElement, Table, Text, literal, select, type_coerce
from sqlalchemy.orm import Mapper

from procedures.keyring.envelopes import FORM
from procedures.models.base import Base, Whose
from procedures.models.sealed import SealedText


def sealed_tables() -> Mapping[Table, tuple[Column[str], ...]]:
    """The tables that have sealed columns, with those; of every package whose models are loaded."""
    found = {}
    for table in Base.metadata.sorted_tables:
        columns = tuple(column for column in table.c if isinstance(column.type, SealedText))
        if columns:
            found[table] = columns
    return found


def raw(column: Column[str]) -> ColumnElement[str]:
    """What lies in a sealed column, as it lies there."""
    return type_coerce(column, Text)


def is_plain(column: Column[str]) -> ColumnElement[bool]:
    """That it holds something from before there were keys."""
    return column.is_not(None) & ~raw(column).startswith(FORM, autoescape=True)


def holder_of(table: Table) -> ColumnElement[str]:
    """As whose a row of the table lies."""
    whose = _whose(table)
    named = table.c[whose.column]
    if whose.via:
        there = Base.metadata.tables[whose.via]
        return select(there.c.application_id).where(there.c.id == named).scalar_subquery()
    return literal(whose.prefix) + named if whose.prefix else named


def _whose(table: Table) -> Whose:
    classes: Mapping[Table, Mapper[object]] = {one.local_table: one for one in Base.registry.mappers}
    return classes[table].class_.whose
