"""How offices did: as a whole, by month, by procedure, by office, from what was counted day by day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from procedures.models import CountedDay, OfficeDay
from procedures.statistics.asked import Asked
from procedures.statistics.measures import Figures, figures_of

Cell = tuple[str, date, str]
"""An office, the first day of a month, a procedure."""
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of what was asked; `counted_at` is when the newest day was counted, None before the first."""

    whole: Figures
    cells: Mapping[Cell, Figures]
    months: Mapping[date, Figures]
    procedures: Mapping[str, Figures]
    offices: Mapping[str, Figures]
    counted_at: datetime | None


def report(session: Session, asked: Asked) -> Report:
    """Two statements, neither of which looks at a case."""
    rows = session.execute(_counts(asked)).all()
    return Report(
        figures_of(_counted(rows)),
        dict(_grouped(rows, lambda row: (row.office, row.month, row.procedure_id))),
        dict(_grouped(rows, lambda row: row.month)),
        dict(_grouped(rows, lambda row: row.procedure_id)),
        dict(_grouped(rows, lambda row: row.office)),
        session.execute(select(func.max(CountedDay.counted_at))).scalar_one(),
    )


def _counts(asked: Asked) -> Select[tuple[date, str, str, str, int, int]]:
    columns = (OfficeDay.month, OfficeDay.procedure_id, OfficeDay.office, OfficeDay.what, OfficeDay.value)
    query = (
        select(*columns, func.sum(OfficeDay.count).label("count"))
        .where(asked.holds(OfficeDay.office), OfficeDay.month.between(asked.first, asked.last))
        .group_by(*columns)
    )
    return query.where(OfficeDay.procedure_id == asked.procedure_id) if asked.procedure_id else query


def _counted(rows: Iterable[Row[Any]]) -> list[tuple[str, int, int]]:
    return [(row.what, row.value, int(row.count)) for row in rows]


def _grouped(rows: Sequence[Row[Any]], key: Callable[[Row[Any]], K]) -> Iterator[tuple[K, Figures]]:
    """The figures by what `key` says of the rows, in the order of the keys."""
    groups: dict[K, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    for name in sorted(groups):  # type: ignore[type-var] - texts, days, and both in one
        yield name, figures_of(_counted(groups[name]))
