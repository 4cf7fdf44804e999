"""As whose a row lies, in SQL: so that what is sealed is read together with a word of whose row it lies in."""

from sqlalchemy import ColumnElement, FromClause, Table, literal_column, select
from sqlalchemy.orm import Mapper

from procedures.models.base import Base, Whose

_WHOSE: dict[str, Whose] = {}


def whose_row(rows: FromClause) -> ColumnElement[str] | None:
    """As whose a row of a table, or of an alias of it, lies. None where `rows` do not say: a subquery without it."""
    table = _table(rows)
    whose = _declared(table) if table is not None else None
    if whose is None or whose.column not in rows.c:
        return None
    named = rows.c[whose.column]
    if whose.via:
        there = Base.metadata.tables[whose.via].alias()
        return select(there.c.application_id).where(there.c.id == named).correlate_except(there).scalar_subquery()
    return _word(whose.prefix) + named if whose.prefix else named


def _table(rows: FromClause) -> Table | None:
    """What is behind an alias."""
    while not isinstance(rows, Table):
        behind = getattr(rows, "element", None)
        if not isinstance(behind, FromClause):
            return None
        rows = behind
    return rows


def _declared(table: Table) -> Whose | None:
    if table.name not in _WHOSE:
        mappers: dict[FromClause, Mapper[object]] = {one.local_table: one for one in Base.registry.mappers}
        if table not in mappers:
            return None
        _WHOSE[table.name] = mappers[table].class_.whose
    return _WHOSE[table.name]


def _word(text: str) -> ColumnElement[str]:
    """A word of ours in SQL. No parameter: this stands in statements that are compiled once, for all values."""
    return literal_column("'{}'".format(text.replace("'", "''")), Base.type_annotation_map[str])
