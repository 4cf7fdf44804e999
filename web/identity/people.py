"""People as issuers know them: recorded at each sign-in."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.audit import record
from procedures.models import Application, Person, StaffRole
from web.identity.issuers import Identity


def remember(session: Session, now: datetime, identity: Identity, language: str) -> Person:
    """The row of this person, with what the issuer says today."""
    person = find_person(session, identity.issuer, identity.subject)
    if person is None:
        person = Person(
            issuer=identity.issuer, subject=identity.subject, name=identity.name, created_at=now, seen_at=now
        )
        session.add(person)
    person.name = identity.name or person.name
    person.email = identity.email
    person.assurance = identity.assurance
    person.language = language
    person.seen_at = now
    session.flush()
    return person


def find_person(session: Session, issuer: str, subject: str) -> Person | None:
    """The row of `subject` at `issuer`."""
    return session.scalar(select(Person).where(Person.issuer == issuer, Person.subject == subject))


def take_over(session: Session, now: datetime, visitor: Actor, person: Actor) -> int:
    """Give the person what this browser began before the sign-in; returns how many cases.

    Sent ones too: the visitor's cookie ends here, and nobody could reach them otherwise.
    """
    owned = list(session.scalars(select(Application.id).where(Application.owner == visitor.owner_key)))
    if owned:
        session.execute(update(Application).where(Application.id.in_(owned)).values(owner=person.owner_key))
        for application_id in owned:
            record(session, person, now, "application.taken_over", application_id)
    return len(owned)


def grant(session: Session, person: Person, role: str, office: str) -> None:
    """Give a person a role in an office; nothing happens where they hold it already."""
    if session.get(StaffRole, (person.id, role, office)) is None:
        session.add(StaffRole(person_id=person.id, role=role, office=office))
