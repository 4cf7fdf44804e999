"""Who is away, and who looks after their cases meanwhile."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session, aliased

from procedures import audit
from procedures.actors import Actor
from procedures.assigning import colleagues
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Absence, Person, new_id

LONGEST = timedelta(days=366)
MOST = 50
"""Absences of one person that are still to come."""


_OTHER = aliased(Person)  # made once: an alias costs more than asking for a row
_READING = (
    select(Absence.id, Person.id, Person.name, Absence.first, Absence.last, Absence.stand_in, _OTHER.name)
    .join(Person, Person.id == Absence.person_id)
    .outerjoin(_OTHER, _OTHER.id == Absence.stand_in)
)


class AbsenceRefused(Exception):
    """An absence cannot be entered: `what` is order, long, past, stand_in or many."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the absence does not do: {what}")


@dataclass(frozen=True, slots=True)
class Away:
    """An absence as colleagues see it; the days are Tokyo's, both included."""

    id: str
    person_id: str
    name: str
    first: date
    last: date
    stand_in_id: str | None
    stand_in: str | None

    def covers(self, day: date) -> bool:
        """Whether they are away on this day."""
        return self.first <= day <= self.last


def enter(
    session: Session,
    actor: Actor,
    now: datetime,
    person_id: str,
    first: date,
    last: date,
    stand_in: str | None = None,
) -> str:
    """Note that somebody is away: oneself, or a colleague in an office that one manages. Returns the absence's id.

    Raises `NotFound` for whom one may not enter, `AbsenceRefused`.
    """
    _require_own_or_managed(session, actor, person_id)
    _check(session, now, person_id, first, last, stand_in)
    row = {
        "id": new_id(),
        "person_id": person_id,
        "first": first,
        "last": last,
        "stand_in": stand_in,
        "entered_by": actor.id,
        "entered_at": now,
        "ended_at": None,
    }
    session.execute(Absence.__table__.insert(), row)
    audit.record(session, actor, now, "absence.enter", person_id, note=f"{first} {last}")
    return str(row["id"])


def call_off(session: Session, actor: Actor, now: datetime, absence_id: str) -> None:
    """They are there after all, or back early. Calling off twice changes nothing. Raises `NotFound`."""
    row = session.execute(select(Absence.person_id).where(Absence.id == absence_id)).one_or_none()
    if row is None:
        raise NotFound(absence_id)
    _require_own_or_managed(session, actor, row.person_id)
    counting = update(Absence.__table__).where(Absence.id == absence_id, Absence.ended_at.is_(None))
    if session.execute(counting.values(ended_at=now)).rowcount:
        audit.record(session, actor, now, "absence.call_off", row.person_id)


def absent(session: Session, person_ids: Iterable[str], day: date) -> frozenset[str]:
    """Those of these people who are away on `day`."""
    wanted = list(person_ids)
    query = select(Absence.person_id).where(Absence.person_id.in_(wanted), _counts_on(day)).distinct()
    return frozenset(session.execute(query).scalars()) if wanted else frozenset()


def away_now(session: Session, person_id: str, day: date) -> Away | None:
    """The absence that somebody is in on `day`; of several the one that ends last."""
    query = _READING.where(Absence.person_id == person_id, _counts_on(day)).order_by(Absence.last.desc(), Absence.id)
    row = session.execute(query.limit(1)).one_or_none()
    return Away(*row) if row else None


def to_come(session: Session, person_ids: Collection[str], day: date) -> list[Away]:
    """The absences of these people that last until `day` or longer, by when they begin."""
    if not person_ids:
        return []
    query = _READING.where(Absence.person_id.in_(list(person_ids)), Absence.ended_at.is_(None), Absence.last >= day)
    return [Away(*row) for row in session.execute(query.order_by(Absence.first, Person.name, Absence.id))]


def _counts_on(day: date) -> ColumnElement[bool]:
    return and_(Absence.ended_at.is_(None), Absence.first <= day, Absence.last >= day)


def _require_own_or_managed(session: Session, actor: Actor, person_id: str) -> None:
    if actor.kind != "staff" or (actor.id != person_id and not colleagues.manages(session, actor, person_id)):
        raise NotFound(person_id)


def _check(session: Session, now: datetime, person_id: str, first: date, last: date, stand_in: str | None) -> None:
    today = tokyo_day(now)
    if last < first:
        raise AbsenceRefused("order")
    if last < today:
        raise AbsenceRefused("past")
    if last - first > LONGEST or first - today > LONGEST:
        raise AbsenceRefused("long")
    if stand_in is not None and stand_in not in colleagues.beside(session, person_id):
        raise AbsenceRefused("stand_in")
    if len(to_come(session, [person_id], today)) >= MOST:
        raise AbsenceRefused("many")
