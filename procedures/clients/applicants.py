"""For whom a client submits: the applicant as it tells them, written down as somebody that it vouches for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from procedures.actors import Actor, Business, Proof
from procedures.clients.client import Client
from procedures.models import Person, new_id
from procedures.submitting.applicants import LEVELS


class LevelTooHigh(Exception):
    """The client vouches for more than it may; `most` is what it may."""

    def __init__(self, most: str) -> None:
        self.most = most
        super().__init__(f"at most {most}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """`subject` is the client's own id of the person, the same for the same one; `level` how sure it is who it is."""

    subject: str
    name: str
    email: str | None = None
    level: str = LEVELS[0]
    business: Business | None = None


def acting(session: Session, now: datetime, client: Client, applicant: Applicant | None, language: str) -> Actor:
    """Who applies: the person of that `subject`, with what the client says of them today; without one, a visitor.

    Whom one client calls by a subject is nobody that another client or a sign-in knows. Raises `LevelTooHigh`.
    """
    if applicant is None:
        return Actor("visitor", new_id(), language=language)
    if LEVELS.index(applicant.level) > LEVELS.index(client.level):
        raise LevelTooHigh(client.level)
    issuer = f"client:{client.id}"
    person = _person(session, now, issuer, applicant)
    person.name, person.email, person.assurance = applicant.name, applicant.email, applicant.level
    person.language, person.seen_at = language, now
    session.flush()
    proof = Proof(client.name, issuer, applicant.level, now)
    return Actor("resident", person.id, applicant.name, language=language, proof=proof, business=applicant.business)


def _person(session: Session, now: datetime, issuer: str, applicant: Applicant) -> Person:
    this = select(Person).where(Person.issuer == issuer, Person.subject == applicant.subject)
    known = session.scalars(this).one_or_none()
    if known is not None:
        return known
    person = Person(issuer=issuer, subject=applicant.subject, name=applicant.name, created_at=now, seen_at=now)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:  # the same one, met by another request in this moment
        return session.scalars(this).one()
    return person
