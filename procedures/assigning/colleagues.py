"""Who works in an office, in which role; and for whom a manager or a colleague may act."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from procedures.actors import EVERYWHERE, Actor
from procedures.authority import may, may_somewhere
from procedures.models import Person, StaffRole

AT_CASES = ("clerk", "approver")
"""Roles that work on cases: of those somebody can be away, and stand in."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of an office."""

    id: str
    name: str


def of_office(session: Session, office: str, role: str = "clerk") -> list[Colleague]:
    """Everybody who holds `role` in the office, or everywhere, by name."""
    query = (
        select(Person.id, Person.name)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .where(StaffRole.role == role, StaffRole.office.in_((office, EVERYWHERE)))
        .distinct()
    )
    return [Colleague(*row) for row in session.execute(query.order_by(Person.name, Person.id))]


def named(session: Session, person_ids: Collection[str]) -> list[Colleague]:
    """These people, by name."""
    query = select(Person.id, Person.name).where(Person.id.in_(list(person_ids))).order_by(Person.name, Person.id)
    return [Colleague(*row) for row in session.execute(query)] if person_ids else []


def serves(session: Session, person_id: str, role: str, office: str) -> bool:
    """Whether this person holds `role` in the office, as it stands now."""
    query = select(StaffRole.role).where(
        StaffRole.person_id == person_id, StaffRole.role == role, StaffRole.office.in_((office, EVERYWHERE))
    )
    return session.execute(query.limit(1)).first() is not None


def manages(session: Session, actor: Actor, person_id: str) -> bool:
    """Whether the actor is manager of an office in which this person works on cases; those of everywhere are in all."""
    posts = select(StaffRole.office).where(StaffRole.person_id == person_id, StaffRole.role.in_(AT_CASES))
    offices = set(session.execute(posts).scalars())
    if EVERYWHERE in offices:
        return may_somewhere(actor, "absence.enter_for")
    return any(may(actor, "absence.enter_for", office) for office in offices)


def beside(session: Session, person_id: str) -> frozenset[str]:
    """The people who could stand in: who work on cases in one of the same offices, in one of the same roles."""
    theirs, mine = aliased(StaffRole), aliased(StaffRole)
    query = (
        select(theirs.person_id)
        .join(mine, (mine.role == theirs.role) & _same_office(mine, theirs))
        .where(mine.person_id == person_id, theirs.person_id != person_id, theirs.role.in_(AT_CASES))
    )
    return frozenset(session.execute(query.distinct()).scalars())


def _same_office(mine: type[StaffRole], theirs: type[StaffRole]) -> ColumnElement[bool]:
    return or_(mine.office == theirs.office, mine.office == EVERYWHERE, theirs.office == EVERYWHERE)
