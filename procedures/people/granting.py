"""Giving and taking roles: one row each, one line of the audit log each, in force at the person's next request."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import EVERYWHERE, SYSTEM, Actor
from procedures.authority import may
from procedures.errors import NotFound
from procedures.models import Office, Person, StaffRole
from procedures.people import offices
from procedures.people.roles import can_be_held


class CannotHold(Exception):
    """The role cannot be held there: there is no such role, or it is one of the whole house."""


class LastManager(Exception):
    """Somebody has to be left who can add people to the office."""


class NoSuchOffice(Exception):
    """Nobody wrote this office down."""


def give(session: Session, actor: Actor, now: datetime, person_id: str, role: str, office: str) -> bool:
    """Give a role in an office; False where they hold it already.

    For the system (a command), an operator, or, within their own office, a manager. Raises `NotFound`, `CannotHold`,
    `NoSuchOffice`.
    """
    require_for(actor, "role.give", office)
    if not can_be_held(role, office):
        raise CannotHold(role)
    if office != EVERYWHERE and not offices.exists(session, office):
        raise NoSuchOffice(office)
    if session.get(Person, person_id) is None:
        raise NotFound(person_id)
    if session.get(StaffRole, (person_id, role, office)) is not None:
        return False
    session.add(StaffRole(person_id=person_id, role=role, office=office))
    session.flush()
    audit.record(session, actor, now, "role.given", person_id, note=f"{role} {office}")
    return True


def take(session: Session, actor: Actor, now: datetime, person_id: str, role: str, office: str) -> bool:
    """Take a role in an office; False where they do not hold it. Raises `NotFound`, `LastManager`."""
    if role == "manager" and _is_last(session, person_id, office):
        raise LastManager(office)
    require_for(actor, "role.take", office)
    row = delete(StaffRole).where(StaffRole.person_id == person_id, StaffRole.role == role, StaffRole.office == office)
    if not session.scalars(row.returning(StaffRole.role)).all():
        return False
    audit.record(session, actor, now, "role.taken", person_id, note=f"{role} {office}")
    return True


def require_for(actor: Actor, action: str, office: str) -> None:
    """A manager acts in their own office, an operator and the system anywhere. Raises `NotFound`."""
    if actor is SYSTEM or may(actor, "staff.grant"):
        return
    if office == EVERYWHERE or not may(actor, action, office):
        raise NotFound(office)


def _is_last(session: Session, person_id: str, office: str) -> bool:
    """Whether this is the only manager of the office, whose row is locked: two who leave at once leave in turn."""
    session.execute(select(Office.id).where(Office.id == office).with_for_update())
    managers = set(
        session.scalars(select(StaffRole.person_id).where(StaffRole.role == "manager", StaffRole.office == office))
    )
    return managers == {person_id}


def known_as(session: Session, who: str) -> list[Person]:
    """The people with this mail address, in any spelling of capitals, or this number of their issuer."""
    this = (Person.subject == who) | (func.lower(Person.email) == who.lower())
    return list(session.scalars(select(Person).where(this)))


def everybody(session: Session, office: str | None = None) -> list[tuple[Person, StaffRole]]:
    """Who holds what, everywhere or in an office, by office, role and name."""
    query = (
        select(Person, StaffRole)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .order_by(StaffRole.office, StaffRole.role, Person.name, Person.id)
    )
    if office is not None:
        query = query.where(StaffRole.office == office)
    return [(row.Person, row.StaffRole) for row in session.execute(query)]
