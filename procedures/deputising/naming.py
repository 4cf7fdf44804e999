"""Naming a deputy for some days, by the one who will be away; and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import EVERYWHERE, Actor
from procedures.authority import may, offices_where
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Deputy, Person, StaffRole, new_id
from procedures.reading.names import names_of

LONGEST = timedelta(days=92)
"""How long a deputy stands in at most; a longer absence is a matter of posts, not of deputies."""
STANDING = frozenset({"clerk", "approver"})

_deputy = Deputy.__table__


class DeputyRefused(Exception):
    """What is wrong with it: `key` is person, office or days."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


@dataclass(frozen=True, slots=True)
class Named:
    """A deputy as both of them see it; `stages` are ids, empty for all."""

    id: str
    absent: str
    deputy: str
    office: str
    stages: tuple[str, ...]
    from_on: date
    until_on: date
    mine: bool


def candidates(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Colleagues (id, name) of the offices in which `actor` approves: clerks and approvers."""
    offices = offices_where(actor, "case.decide")
    query = (
        select(Person.id, Person.name)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role.in_(STANDING), Person.id != actor.id)
        .order_by(Person.name)
        .distinct()
    )
    if EVERYWHERE not in offices:
        query = query.where(StaffRole.office.in_((*offices, EVERYWHERE)))
    return [(row.id, row.name) for row in session.execute(query)]


def name_deputy(
    session: Session,
    actor: Actor,
    now: datetime,
    deputy: str,
    office: str,
    days: tuple[date, date],
    stages: Sequence[str] = (),
) -> str:
    """Name `deputy` (a person's id) for `office` (or `*`, every one of the actor's), from and until these days.

    Raises `NotFound` for who approves nowhere, `DeputyRefused` for a stranger or oneself, an office in which the actor
    does not approve, or days that are over, turned round or too many.
    """
    offices = offices_where(actor, "case.decide")
    if actor.kind != "staff" or not offices:
        raise NotFound(actor.id)
    if deputy not in {person for person, _ in candidates(session, actor)}:
        raise DeputyRefused("person")
    if office != EVERYWHERE and not may(actor, "case.decide", office):
        raise DeputyRefused("office")
    first, last = days
    if last < first or last < tokyo_day(now) or last - first > LONGEST:
        raise DeputyRefused("days")
    row = {
        "id": new_id(),
        "absent": actor.id,
        "deputy": deputy,
        "office": office,
        "stages": list(stages),
        "from_on": first,
        "until_on": last,
        "named_by": actor.id,
        "named_at": now,
    }
    session.execute(insert(_deputy), row)
    audit.record(session, actor, now, "deputy.named", deputy, note=f"{office} {first}/{last}")
    return str(row["id"])


def end(session: Session, actor: Actor, now: datetime, deputy_id: str) -> None:
    """It ends at once; by who named it. Raises `NotFound` for all others, and where it has ended."""
    this = (_deputy.c.id == deputy_id) & (_deputy.c.absent == actor.id) & (_deputy.c.ended_at.is_(None))
    if session.execute(update(_deputy).where(this).values(ended_at=now)).rowcount != 1:
        raise NotFound(deputy_id)
    audit.record(session, actor, now, "deputy.ended", deputy_id)


def named(session: Session, actor: Actor, today: date) -> list[Named]:
    """The deputies that the actor named or is, today and later; the nearest first."""
    query = (
        select(Deputy)
        .where(or_(Deputy.absent == actor.id, Deputy.deputy == actor.id))
        .where(Deputy.ended_at.is_(None), Deputy.until_on >= today)
        .order_by(Deputy.from_on, Deputy.id)
    )
    rows = session.execute(query).scalars().all()
    names = names_of(session, [person for row in rows for person in (row.absent, row.deputy)])
    return [
        Named(
            row.id,
            names.get(row.absent, row.absent),
            names.get(row.deputy, row.deputy),
            row.office,
            tuple(row.stages),
            row.from_on,
            row.until_on,
            row.absent == actor.id,
        )
        for row in rows
    ]
