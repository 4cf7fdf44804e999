"""Giving and taking roles: one row each, one line of the audit log each, in force at the person's next request."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import EVERYWHERE, SYSTEM, Actor
from procedures.authority import may
from procedures.errors import NotFound
from procedures.models import Person, StaffRole
from procedures.people import offices
from procedures.people.roles import can_be_held


class CannotHold(Exception):
    """The role cannot be held there: there is no such role, or it is one of the whole house."""


class NoSuchOffice(Exception):
    """Nobody wrote this office down."""


def give(session: Session, actor: Actor, now: datetime, person_id: str, role: str, office: str) -> bool:
    """Give a role in an office; False where they hold it already.

    For the system (a command), an operator, or, within their own office, a manager who gives no manager's role. Raises
    `NotFound`, `CannotHold`, `NoSuchOffice`.
    """
    _require(actor, "role.give", role, office)
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
    """Take a role in an office; False where they do not hold it. Raises `NotFound` for whom that is not for."""
    _require(actor, "role.take", role, office)
    row = delete(StaffRole).where(StaffRole.person_id == person_id, StaffRole.role == role, StaffRole.office == office)
    if not session.scalars(row.returning(StaffRole.role)).all():
        return False
    audit.record(session, actor, now, "role.taken", person_id, note=f"{role} {office}")
    return True


def _require(actor: Actor, action: str, role: str, office: str) -> None:
    """A manager gives and takes what is below a manager, in their own office; all else is an operator's."""
    if actor is SYSTEM or may(actor, "staff.grant"):
        return
    if role == "manager" or office == EVERYWHERE or not may(actor, action, office):
        raise NotFound(office)


def known_as(session: Session, who: str) -> list[Person]:
    """The people with this mail address, in any spelling of capitals, or this number of their issuer."""
    people = session.scalars(select(Person).where((Person.subject == who) | Person.email.is_not(None)))
    return [one for one in people if one.subject == who or (one.email or "").casefold() == who.casefold()]


def everybody(session: Session) -> list[tuple[Person, StaffRole]]:
    """Who holds what, by office, role and name."""
    query = (
        select(Person, StaffRole)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .order_by(StaffRole.office, StaffRole.role, Person.name, Person.id)
    )
    return [(row.Person, row.StaffRole) for row in session.execute(query)]
