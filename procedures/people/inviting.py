"""Adding somebody to an office: at once where they are known, else as soon as they sign in with their mail address."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import Person, StaffInvitation, StaffRole
from procedures.people import granting, offices
from procedures.people.granting import CannotHold, NoSuchOffice
from procedures.people.roles import OF_AN_OFFICE

LIVES = timedelta(days=30)
Refused = Literal["address", "several"]


class InvitationRefused(Exception):
    """`what` is wrong: `address`, which is none, or `several`, for whom this could be."""

    def __init__(self, what: Refused) -> None:
        self.what = what
        super().__init__(what)


def add(session: Session, actor: Actor, now: datetime, who: str, role: str, office: str) -> bool:
    """Give `role` to whom this mail address (or number of their issuer) names; False where it waits for a sign-in.

    Raises `NotFound`, `CannotHold`, `NoSuchOffice`, `InvitationRefused`.
    """
    granting.require_for(actor, "person.add", office)
    people = granting.known_as(session, who.strip())
    if len(people) > 1:
        raise InvitationRefused("several")
    if people:
        granting.give(session, actor, now, people[0].id, role, office)
        return True
    _invite(session, actor, now, _address(who), role, office)
    return False


def _address(who: str) -> str:
    try:
        return validate_email(who.strip(), check_deliverability=False).normalized.casefold()
    except EmailNotValidError as error:
        raise InvitationRefused("address") from error


def _invite(session: Session, actor: Actor, now: datetime, email: str, role: str, office: str) -> None:
    if role not in OF_AN_OFFICE:
        raise CannotHold(role)
    if not offices.exists(session, office):
        raise NoSuchOffice(office)
    same = (StaffInvitation.email == email, StaffInvitation.role == role, StaffInvitation.office == office)
    session.execute(delete(StaffInvitation).where(*same, StaffInvitation.bound_to.is_(None)))
    row = StaffInvitation(email=email, role=role, office=office, invited_by=actor.id)
    row.invited_at, row.expires_at = now, now + LIVES
    session.add(row)
    session.flush()
    audit.record(session, actor, now, "person.invited", row.id, note=f"{role} {office}")


def bind(session: Session, now: datetime, person: Person) -> None:
    """At a sign-in: what waits for this address, which the issuer vouched for, is theirs."""
    if not person.email:
        return
    query = select(StaffInvitation).where(StaffInvitation.email == person.email.casefold(), _open(now))
    for row in session.scalars(query).all():
        row.bound_to = person.id
        if session.get(StaffRole, (person.id, row.role, row.office)) is None:
            session.add(StaffRole(person_id=person.id, role=row.role, office=row.office))
        session.flush()
        theirs = Actor("resident", person.id, person.name)
        audit.record(session, theirs, now, "person.joined", row.id, note=f"{row.role} {row.office}")


def waiting(session: Session, now: datetime, office: str) -> Sequence[StaffInvitation]:
    """What nobody signed in for yet, the oldest first."""
    query = select(StaffInvitation).where(StaffInvitation.office == office, _open(now))
    return session.scalars(query.order_by(StaffInvitation.invited_at, StaffInvitation.id)).all()


def withdraw(session: Session, actor: Actor, now: datetime, invitation_id: str) -> str:
    """Let it wait no longer; returns its office. Raises `NotFound`, also where somebody has signed in for it."""
    row = session.get(StaffInvitation, invitation_id)
    if row is None or row.bound_to is not None:
        raise NotFound(invitation_id)
    granting.require_for(actor, "person.add", row.office)
    office = row.office
    session.delete(row)
    session.flush()
    audit.record(session, actor, now, "person.invitation_withdrawn", invitation_id)
    return office


def _open(now: datetime) -> ColumnElement[bool]:
    return StaffInvitation.bound_to.is_(None) & (StaffInvitation.expires_at > now)
