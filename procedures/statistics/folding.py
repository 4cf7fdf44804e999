"""Months that are over are folded: one row where there was one a day, so that years stay small."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from procedures.days import day_begins, tokyo_day
from procedures.models import OfficeDay

KEPT = 2
"""Days into a month after which the one before is folded: by then all of it was counted for good."""


def unfolded(session: Session, now: datetime) -> Iterator[date]:
    """The months (their first days) that are over and still lie day by day."""
    this = tokyo_day(now).replace(day=1)
    if now < day_begins(this, KEPT):
        return
    query = select(OfficeDay.month).where(OfficeDay.month < this, OfficeDay.day != OfficeDay.month).distinct()
    yield from session.execute(query.order_by(OfficeDay.month)).scalars()


def fold(session: Session, month: date) -> None:
    """Put the days of a month together, as of its first day."""
    columns = (OfficeDay.office, OfficeDay.procedure_id, OfficeDay.what, OfficeDay.value)
    query = (
        select(*columns, func.sum(OfficeDay.count).label("count")).where(OfficeDay.month == month).group_by(*columns)
    )
    found = session.execute(query).mappings().all()
    rows = [{**row, "count": int(row["count"]), "day": month, "month": month} for row in found]
    session.execute(delete(OfficeDay).where(OfficeDay.month == month))
    if rows:
        session.execute(insert(OfficeDay.__table__), rows)
