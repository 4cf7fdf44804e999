"""Columns that are sealed under the key of whose they are, and what every other column of text holds."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Table, Text, TypeDecorator, event, literal_column, type_coerce
from sqlalchemy.orm import Mapper, class_mapper

from procedures.keyring.live import KeyMissing, current
from procedures.keyring.owned import Owned, of
from procedures.models.base import Base, to_json
from procedures.models.whose import whose_row

_MARK = "\x1f"
"""Around the word of whose a row is, where that is read before what lies in the row."""


class WhoseIsIt(TypeError):
    """A value was about to be written into a sealed column without a word of whose it is: `of(holder, value)`."""


class SealedText(TypeDecorator[str]):
    """Text under the key of its holder. `place` is `table.column`, to which it is bound; it is read as plain text.

    Written with `procedures.keyring.owned.of`, or by the ORM, which asks the row for its `holder`.
    """

    impl = Text
    cache_ok = True

    def __init__(self, place: str, *, outlives: bool = False) -> None:
        """`outlives`: the row is kept when its holder is erased, and then says nothing here."""
        super().__init__()
        self.place = place
        self.outlives = outlives

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Python → database."""
        if value is None:
            return None
        if not isinstance(value, Owned):
            raise WhoseIsIt(f"{self.place}: write of(holder, value)")
        return current().seal(value.holder, self.place, self.to_text(value.value))

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """In a SELECT: what lies there behind a word of whose row it is, since under another's key it is not opened.

        As it lies there where that is not known: in what is selected from a subquery.
        """
        rows = getattr(column, "table", None)
        whose = whose_row(rows) if rows is not None else None
        if whose is None:
            return column
        mark = literal_column(f"'{_MARK}'", Text)
        return type_coerce(mark + whose + mark + type_coerce(column, Text), self)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Database → Python."""
        if value is None:
            return None
        whose, stored = _apart(value)
        try:
            return self.from_text(current().unseal(self.place, stored, whose))
        except KeyMissing:
            if self.outlives:
                return None
            raise

    def to_text(self, value: Any) -> str:
        """What is sealed of a value."""
        return str(value)

    def from_text(self, text: str) -> Any:
        """The way back."""
        return text


class SealedJson(SealedText):
    """A JSON value under the key of its holder."""

    cache_ok = True

    def to_text(self, value: Any) -> str:
        """One spelling for one value."""
        return to_json(value)

    def from_text(self, text: str) -> Any:
        """The way back."""
        return json.loads(text)


def sealed_row(holder: str, table: Table | type[Base], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row to be written into `table`: what goes into its sealed columns, as the holder's."""
    columns = table.c if isinstance(table, Table) else table.__table__.c
    return {
        name: of(holder, value) if isinstance(columns[name].type, SealedText) else value for name, value in row.items()
    }


def _apart(value: str) -> tuple[str | None, str]:
    """Whose row it is, where that was read with it, and what lies in the column."""
    if not value.startswith(_MARK):
        return None, value
    _, whose, stored = value.split(_MARK, 2)
    return whose, stored


_SEALED: dict[type, tuple[str, ...]] = {}


def sealed_attributes(kind: type) -> tuple[str, ...]:
    """The attributes of a mapped class whose columns are sealed."""
    known = _SEALED.get(kind)
    if known is None:
        columns = class_mapper(kind).column_attrs
        known = tuple(one.key for one in columns if isinstance(one.columns[0].type, SealedText))
        _SEALED[kind] = known
    return known


def _say_whose(_mapper: Mapper[Any], _connection: object, row: Any) -> None:
    held = row.__dict__
    for name in _held(row):
        held[name] = Owned(row.holder, held[name])


def _as_it_was(_mapper: Mapper[Any], _connection: object, row: Any) -> None:
    held = row.__dict__
    for name in sealed_attributes(type(row)):
        if isinstance(held.get(name), Owned):
            held[name] = held[name].value


def _held(row: Any) -> Iterator[str]:
    held = row.__dict__
    for name in sealed_attributes(type(row)):
        if held.get(name) is not None and not isinstance(held[name], Owned):
            yield name


for _moment in ("insert", "update"):
    event.listen(Base, f"before_{_moment}", _say_whose, propagate=True)
    event.listen(Base, f"after_{_moment}", _as_it_was, propagate=True)
