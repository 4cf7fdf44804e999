"""People as issuers know them: recorded at each sign-in."""

from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.audit import record
from procedures.models import Application, Person, StaffRole
from procedures.people import claims, inviting
from web.identity.openid.results import Identity


def remember(session: Session, now: datetime, identity: Identity, language: str, *, chosen: bool = True) -> Person:
    """The row of this person, with what the issuer says today.

    A `language` that was not `chosen`, which is the browser's, counts only for somebody new.
    """
    known = find_person(session, identity.issuer, identity.subject)
    person = known or _meet(session, now, identity)
    person.name = identity.name or person.name
    person.email = identity.email
    person.assurance = identity.assurance
    person.language = language if chosen or known is None else known.language
    person.seen_at = now
    session.flush()
    claims.keep(session, now, person.id, identity.claims, identity.issuer, identity.assurance)
    inviting.bind(session, now, person)
    return person


def _meet(session: Session, now: datetime, identity: Identity) -> Person:
    """A first row; where the same person signs in twice at the same moment, the row of the other sign-in."""
    person = Person(issuer=identity.issuer, subject=identity.subject, name=identity.name, created_at=now, seen_at=now)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:
        return session.scalars(_row_of(identity.issuer, identity.subject)).one()
    return person


def _row_of(issuer: str, subject: str) -> Select[tuple[Person]]:
    return select(Person).where(Person.issuer == issuer, Person.subject == subject)


def remember_language(session: Session, person_id: str, language: str) -> None:
    """What a person signed in chose to read."""
    session.execute(update(Person).where(Person.id == person_id).values(language=language))


def find_person(session: Session, issuer: str, subject: str) -> Person | None:
    """The row of `subject` at `issuer`."""
    return session.scalar(_row_of(issuer, subject))


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
