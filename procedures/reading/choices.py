"""What staff can narrow their queue by: the procedures, offices and colleagues that are at work just now."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures import library
from procedures.actors import EVERYWHERE, Actor
from procedures.models import Application, Office, Person, PublishedProcedure, StaffRole
from procedures.models.cases import IS_OPEN, OPEN, standing
from procedures.people.offices import names_of
from procedures.reading import queues

MOST = 300
"""Of each kind that are listed; more cannot be chosen from, but an address may name any."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Procedures and names of offices by id, clerks as (person's id, name), each in the order in which it is listed."""

    procedures: dict[str, Procedure]
    offices: dict[str, str]
    clerks: tuple[tuple[str, str], ...]


def choices(session: Session, actor: Actor, language: str) -> Choices:
    """What there is to choose from for this actor."""
    offices, procedure_ids = _anywhere(session) if queues.offices_of(actor) is None else _at_work(session, actor)
    procedures = library.newest(session, sorted(procedure_ids)[:MOST])
    serving = (
        select(Person.id, Person.name)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == "clerk", or_(StaffRole.office == EVERYWHERE, StaffRole.office.in_(offices)))
        .distinct()
        .order_by(Person.name, Person.id)
        .limit(MOST)
    )
    clerks = tuple((row.id, row.name) for row in session.execute(serving))
    return Choices(procedures, names_of(session, sorted(offices)[:MOST], language), clerks)


def _at_work(session: Session, actor: Actor) -> tuple[set[str], set[str]]:
    """The offices of the actor with cases that are not over, and the procedures of those."""
    mine = (queues.of_offices(actor), IS_OPEN, standing(*OPEN))
    rows = session.execute(select(Application.office, Application.procedure_id).where(*mine).distinct()).all()
    return {row.office for row in rows}, {row.procedure_id for row in rows}


def _anywhere(session: Session) -> tuple[set[str], set[str]]:
    """All there are, for whom every office is theirs: without a look at all the cases."""
    named = session.scalars(select(StaffRole.office).where(StaffRole.office != EVERYWHERE).distinct())
    written = session.scalars(select(Office.id))
    return {*named, *written}, set(session.scalars(select(PublishedProcedure.procedure_id).distinct()))
