"""Closed days as screens read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.closing.sealing import Waiting
from payments.closing.sheet import Sheet
from payments.models import DayClosing
from procedures.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A sealed day: by whom (their name), why in spite of what did not match, and the seal itself (a SHA-256)."""

    day: date
    closed_at: datetime
    closed_by: str
    reason: str | None
    sheet: Sheet
    waiting: tuple[Waiting, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A line of the list of closed days."""

    day: date
    closed_at: datetime
    closed_by: str
    with_reason: bool


def closed(session: Session, day: date) -> Closed | None:
    """The day as it was sealed; None while it is open."""
    row = session.get(DayClosing, day)
    if row is None:
        return None
    return Closed(
        day=day,
        closed_at=row.closed_at,
        closed_by=_names(session, [row.closed_by])[row.closed_by],
        reason=row.reason,
        sheet=Sheet.from_json(row.figures["sheet"]),
        waiting=tuple(Waiting(**kept) for kept in row.figures["waiting"]),
        seal=row.hash,
    )


def closed_between(session: Session, since: date, until: date) -> list[ClosedDay]:
    """The closed days of a span (both included), without their figures."""
    columns = (DayClosing.day, DayClosing.closed_at, DayClosing.closed_by, DayClosing.reason)
    query = select(*columns).where(DayClosing.day >= since, DayClosing.day <= until).order_by(DayClosing.day)
    rows = session.execute(query).all()
    names = _names(session, {row.closed_by for row in rows})
    return [ClosedDay(row.day, row.closed_at, names[row.closed_by], row.reason is not None) for row in rows]


def _names(session: Session, keys: Sequence[str] | set[str]) -> dict[str, str]:
    """People by their key; the key itself for who is not (or no longer) known."""
    ids = {key.partition(":")[2]: key for key in keys}
    found = {ids[id_]: name for id_, name in session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))}
    return {key: found.get(key) or key for key in keys}
