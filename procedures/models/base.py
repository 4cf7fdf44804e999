"""The declarative base and the column types that mean the same on SQLite and PostgreSQL."""

import json
from base64 import b32encode
from datetime import UTC, date, datetime
from os import urandom
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import BigInteger, Date, DateTime, Dialect, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Python → database: SQLite keeps no zone, so UTC is stored without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Database → Python."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_json(value: object) -> str:
    """One spelling for one value: sorted keys, no spaces, so that hashes of it are stable."""
    return _ENCODER.encode(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as text: the same bytes on both databases, never rewritten by them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Python → database."""
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Database → Python."""
        return None if value is None else json.loads(value)


Serial = BigInteger().with_variant(Integer, "sqlite")
"""A counting primary key: SQLite counts only a plain INTEGER."""


class Whose(NamedTuple):
    """As whose the sealed columns of a row lie: `prefix` and what `column` holds.

    With `via`, the column holds the `id` of a row of that table, which says whose both are.
    """

    column: str = "application_id"
    prefix: str = ""
    via: str = ""


class Base(DeclarativeBase):
    """What every table of the project hangs on, payments' tables included."""

    whose: ClassVar[Whose] = Whose()

    @property
    def holder(self) -> str:
        """Under whose key the sealed columns of this row lie."""
        if self.whose.via:
            raise TypeError(f"{self.__tablename__} does not know whose it is: write it with of(holder, value)")
        return f"{self.whose.prefix}{getattr(self, self.whose.column)}"

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, date: Date, str: Text}  # noqa: RUF012 - SQLAlchemy's own protocol


def new_id() -> str:
    """An unguessable id for addresses: 128 random bits in 26 lower-case letters and digits."""
    return b32encode(urandom(16)).decode("ascii").rstrip("=").lower()
