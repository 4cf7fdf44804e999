"""How offices did: as a whole, by month, by procedure, by office, from what was counted day by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from procedures.models import CountedDay, OfficeDay
from procedures.statistics.asked import Asked
from procedures.statistics.measures import Figures, figures_of

Cell = tuple[str, date, str]
"""An office, the first day of a month, a procedure."""
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of what was asked; `counted_at` is when the newest day was counted, None before the first."""

    whole: Figures
    months: Mapping[date, Figures]
    procedures: Mapping[str, Figures]
    offices: Mapping[str, Figures]
    counted_at: datetime | None


def report(session: Session, asked: Asked) -> Report:
    """Four statements, none of which looks at a case."""
    rows = _sums(session, asked, OfficeDay.month)
    return Report(
        figures_of(_counted(rows)),
        {month: figures for (month,), figures in _grouped(rows, 1)},
        {id: figures for (id,), figures in _grouped(_sums(session, asked, OfficeDay.procedure_id), 1)},
        {id: figures for (id,), figures in _grouped(_sums(session, asked, OfficeDay.office), 1)},
        session.execute(select(func.max(CountedDay.counted_at))).scalar_one(),
    )


def cells(session: Session, asked: Asked) -> Mapping[Cell, Figures]:
    """The figures by office, month and procedure, in this order."""
    rows = _sums(session, asked, OfficeDay.office, OfficeDay.month, OfficeDay.procedure_id)
    return {(office, month, procedure): figures for (office, month, procedure), figures in _grouped(rows, 3)}


def _sums(session: Session, asked: Asked, *by: Column) -> list[Row[Any]]:
    """How often what happened, by these columns: (…, what, value, count)."""
    columns = (*by, OfficeDay.what, OfficeDay.value)
    query = (
        select(*columns, func.sum(OfficeDay.count))
        .where(asked.holds(OfficeDay.office), OfficeDay.month.between(asked.first, asked.last))
        .group_by(*columns)
        .order_by(*by)
    )
    if asked.procedure_id:
        query = query.where(OfficeDay.procedure_id == asked.procedure_id)
    return list(session.execute(query).all())


def _counted(rows: Iterable[Row[Any]]) -> list[tuple[str, int, int]]:
    return [(row[-3], row[-2], int(row[-1])) for row in rows]


def _grouped(rows: Iterable[Row[Any]], length: int) -> Iterator[tuple[tuple[Any, ...], Figures]]:
    """The figures by the first columns, in the order of the rows."""
    groups: dict[tuple[Any, ...], list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[:length])].append(row)
    for key, group in groups.items():
        yield key, figures_of(_counted(group))
