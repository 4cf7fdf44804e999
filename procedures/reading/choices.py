"""What staff can narrow their queue by: the procedures, offices and colleagues that are at work just now."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.lifecycle import FINAL, Status
from engine.model import Procedure
from procedures import library
from procedures.actors import Actor
from procedures.models import Application, Person, StaffRole
from procedures.reading import queues

MOST = 300
"""Of each kind that are listed; more cannot be chosen from, but an address may name any."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Procedures by id, offices, and clerks as (person's id, name), each in the order in which they are listed."""

    procedures: dict[str, Procedure]
    offices: tuple[str, ...]
    clerks: tuple[tuple[str, str], ...]


def choices(session: Session, actor: Actor) -> Choices:
    """What there is to choose from for this actor."""
    mine = (queues.of_offices(actor), Application.status.not_in([Status.DRAFT, *FINAL]))
    digests = session.execute(
        select(Application.procedure_id, Application.digest).where(*mine).distinct().limit(MOST)
    ).all()
    offices = session.execute(select(Application.office).where(*mine).distinct().limit(MOST)).scalars()
    found = sorted(office for office in offices if office)
    procedures = {row.procedure_id: library.by_digest(session, row.digest) for row in digests}
    serving = (
        select(Person.id, Person.name)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == "clerk", or_(StaffRole.office == "*", StaffRole.office.in_(found)))
        .distinct()
        .order_by(Person.name, Person.id)
        .limit(MOST)
    )
    clerks = tuple((row.id, row.name) for row in session.execute(serving))
    return Choices(dict(sorted(procedures.items())), tuple(found), clerks)
