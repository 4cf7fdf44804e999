"""Sealing bytes that were kept plain: a new blob beside the old one, then the row, then the old one goes."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, Text, exists, literal, select, tuple_, union_all, update
from sqlalchemy.orm import Session

from procedures.blobs import BlobMissing, Blobs
from procedures.blobs.leaving import delete_later
from procedures.database import Database
from procedures.keyring.columns import holder_of
from procedures.keyring.owned import of
from procedures.models.base import Base
from procedures.storing.fixed import Fixed

A_PORTION = 50


def tables() -> list[Table]:
    """Those that name bytes and the secret that opens them."""
    return [table for table in Base.metadata.sorted_tables if "blob_secret" in table.c]


def seal_files(database: Database, blobs: Blobs, table: Table, now: datetime) -> int:
    """All bytes that a table names; how many were sealed. Begun again, it goes on; bytes that are gone are left."""
    keys = tuple(table.primary_key.columns)
    after: tuple[Any, ...] | None = None
    sealed = 0
    while True:
        with database.read() as session:
            query = select(*keys, table.c.blob_key, holder_of(table).label("holder")).order_by(*keys).limit(A_PORTION)
            plain = query.where(table.c.blob_key.is_not(None), table.c.blob_secret.is_(None))
            rows = session.execute(plain.where(tuple_(*keys) > after) if after else plain).all()
        for row in rows:
            sealed += _seal(database, blobs, table, row, now)
        if len(rows) < A_PORTION:
            return sealed
        after = tuple(rows[-1][: len(keys)])


def _seal(database: Database, blobs: Blobs, table: Table, row: Any, now: datetime) -> bool:
    try:
        with blobs.open(row.blob_key) as stream:
            content = stream.read()
    except BlobMissing:
        return False  # the doctor tells of it
    kept = blobs.put(content)
    with database.write() as session:
        here = [key == getattr(row, key.name) for key in table.primary_key.columns]
        this = update(table).where(*here, table.c.blob_key == row.blob_key)
        values = {"blob_key": str(kept), "blob_secret": of(row.holder, kept.secret)}
        done = session.execute(this.values(values)).rowcount == 1
        delete_later(session, now, [row.blob_key if done else str(kept)])
    return done


def plain_files(session: Session) -> list[str]:
    """The tables that name bytes which are plain."""
    return [row.name for row in _left(len(Base.metadata.tables)).all(session, {})]


@lru_cache(maxsize=1)
def _left(_tables: int) -> Fixed:
    plain = ((table.name, table.c.blob_key.is_not(None) & table.c.blob_secret.is_(None)) for table in tables())
    each = union_all(*(select(literal(name, Text).label("name")).where(exists().where(left)) for name, left in plain))
    return Fixed(select(each.subquery().c.name))
