"""Sealing what was written before there were keys: portion by portion, while everything goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Row, Table, Text, bindparam, exists, literal, or_, select, tuple_, union_all, update
from sqlalchemy.orm import Session

from procedures.database import Database
from procedures.keyring.columns import holder_of, is_plain, raw, sealed_tables
from procedures.keyring.envelopes import FORM
from procedures.keyring.live import current
from procedures.models.keys import Sealing
from procedures.storing.fixed import Fixed

A_PORTION = 500
"""Rows of one transaction."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What one transaction did: rows that were looked at and sealed, and the key of the last; None at the end."""

    looked_at: int
    sealed: int
    last: tuple[Any, ...] | None


def begin(session: Session) -> None:
    """From now on what is written is sealed. Only once no process of an earlier version runs: they cannot read it."""
    session.execute(update(Sealing).values(begun=True))


def finish(session: Session) -> bool:
    """Note that nothing plain is left; False where there is."""
    if plain_tables(session):
        return False
    session.execute(update(Sealing).values(done=True))
    return True


def seal_portion(session: Session, table: Table, after: tuple[Any, ...] | None, limit: int = A_PORTION) -> Portion:
    """Seal what is plain in the next rows behind the primary key `after`.

    Rows are locked, so that nothing that is written meanwhile is overwritten. Begun again it does nothing twice.
    """
    keys, columns = tuple(table.primary_key.columns), sealed_tables()[table]
    shown = [*keys, holder_of(table).label("holder"), *(raw(column).label(f"raw_{column.name}") for column in columns)]
    query = select(*shown).order_by(*keys).limit(limit).with_for_update(of=table)
    if after is not None:
        behind = (literal(one, key.type) for one, key in zip(after, keys, strict=True))
        query = query.where(tuple_(*keys) > tuple_(*behind))
    rows = session.execute(query).all()
    plain = [(row, names) for row in rows if (names := _plain(row, columns))]
    current().meet({row.holder for row, _ in plain})
    for row, names in plain:
        _seal(session, table, row, names)
    last = tuple(rows[-1][: len(keys)]) if len(rows) == limit else None
    return Portion(len(rows), len(plain), last)


def plain_tables(session: Session) -> list[str]:
    """The tables in which something plain is left."""
    return [row.name for row in _left(len(sealed_tables())).all(session, {})]


@lru_cache(maxsize=1)
def _left(_tables: int) -> Fixed:
    """All of them in one statement: to put forty together costs far more than to answer them."""
    plain = ((table.name, exists().where(or_(*map(is_plain, columns)))) for table, columns in sealed_tables().items())
    each = union_all(*(select(literal(name, Text).label("name")).where(left) for name, left in plain)).subquery()
    return Fixed(select(each.c.name))


def seal_table(database: Database, table: Table) -> int:
    """All of a table, in transactions of their own; how many rows were sealed."""
    after: tuple[Any, ...] | None = None
    sealed = 0
    while True:
        with database.write() as session:
            done = seal_portion(session, table, after)
        sealed, after = sealed + done.sealed, done.last
        if after is None:
            return sealed


def _plain(row: Row[Any], columns: Sequence[Column[str]]) -> list[str]:
    held = {column.name: getattr(row, f"raw_{column.name}") for column in columns}
    return [name for name, text in held.items() if text is not None and not text.startswith(FORM)]


def _seal(session: Session, table: Table, row: Row[Any], names: Sequence[str]) -> None:
    here = [key == getattr(row, key.name) for key in table.primary_key.columns]
    place = {name: current().seal(row.holder, f"{table.name}.{name}", getattr(row, f"raw_{name}")) for name in names}
    bound = {name: bindparam(f"sealed_{name}", type_=Text) for name in names}
    given = {f"sealed_{name}": text for name, text in place.items()}
    session.connection().execute(update(table).where(*here).values(bound), given)
