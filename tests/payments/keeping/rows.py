"""Rows of any table, with a mark of their own in every column that can hold words of a person."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table, insert, select
from sqlalchemy.orm import Session

from procedures.blobs import Blobs
from procedures.keyring.columns import holder_of
from procedures.keyring.owned import of
from procedures.models import Base
from procedures.models.base import JsonText, UtcDateTime
from procedures.models.sealed import SealedJson, SealedText

MARK = "Vk3Leftover"
"""In everything that is said; short enough that no database compresses it away. No other test's: PostgreSQL keeps in
its files what any of them wrote."""


def said(place: str) -> str:
    """The mark of one place, as a name: kept exactly as it is written."""
    return f"{MARK}-{place} 髙橋𠮷子"


def add(session: Session, table: str, now: datetime, blobs: Blobs | None = None, **given: Any) -> dict[str, Any]:
    """A row, filled: what is not given is a mark in what is sealed, empty or made up in the rest. What was written."""
    there = Base.metadata.tables[table]
    row = {column.name: given[column.name] for column in there.c if column.name in given}
    for column in there.c:
        if column.name not in row and not isinstance(column.type, SealedText) and not _counted(column):
            row[column.name] = _made_up(column, now)
    if blobs is not None and "blob_key" in there.c:
        kept = blobs.put(said(f"{table}.bytes").encode() * 3)
        row |= {"blob_key": str(kept), "blob_secret": kept.secret, "sha256": "0" * 64}
    holder = _holder(session, there, row)
    for column in there.c:
        if isinstance(column.type, SealedText):
            place = f"{table}.{column.name}"
            value = {"said": said(place)} if isinstance(column.type, SealedJson) else said(place)
            row[column.name] = of(holder, row.get(column.name, value))
    session.execute(insert(there), {name: value for name, value in row.items() if name in there.c})
    return row


def mark_what_is_left(session: Session, table: str, **where: Any) -> None:
    """Put a mark into every sealed column of these rows that says nothing yet."""
    there = Base.metadata.tables[table]
    these = [there.c[name] == value for name, value in where.items()]
    for column in there.c:
        if isinstance(column.type, SealedText) and column.name != "blob_secret":
            place = f"{table}.{column.name}"
            value = {"said": said(place)} if isinstance(column.type, SealedJson) else said(place)
            holder = session.execute(select(holder_of(there)).where(*these)).scalars().first()
            empty = there.update().where(*these, column.is_(None))
            session.execute(empty.values({column.name: of(holder, value)}))


def _holder(session: Session, table: Table, row: dict[str, Any]) -> str:
    if not any(isinstance(column.type, SealedText) for column in table.c):
        return ""
    kind = next(one.class_ for one in Base.registry.mappers if one.local_table is table)
    named = row[kind.whose.column]
    if kind.whose.via:
        above = Base.metadata.tables[kind.whose.via]
        return str(session.execute(select(above.c.application_id).where(above.c.id == named)).scalar_one())
    return f"{kind.whose.prefix}{named}"


def _counted(column: Column[Any]) -> bool:
    return column.nullable or (column.primary_key and column.autoincrement is not False and _is_number(column))


def _is_number(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer)


EMPTY: Mapping[type, Callable[[datetime], Any]] = {
    Boolean: lambda _now: False,
    Integer: lambda _now: 1,
    UtcDateTime: lambda now: now,
    Date: lambda _now: date(2026, 5, 1),
    JsonText: lambda _now: [],
    LargeBinary: lambda _now: b"",
}


def _made_up(column: Column[Any], now: datetime) -> Any:
    made = next((make for kind, make in EMPTY.items() if isinstance(column.type, kind)), None)
    return made(now) if made else uuid4().hex
