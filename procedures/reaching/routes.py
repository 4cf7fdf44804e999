"""The ways to an applicant: the one chosen first, then mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from procedures.models import Application, Contact, Person
from procedures.reading.names import PREFIX

MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Route:
    """One address in one channel; `person_id` where it is a confirmed address of a person."""

    channel: str
    address: str
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A route that nothing reaches, and why, in a word for operators."""

    route: Route
    reason: str


def routes_of(session: Session, case: Application) -> list[Route]:
    """The ways to the applicant of a case, best first; none for a visitor who gave no address.

    The address given with the application goes over the one of the profile.
    """
    found: list[Route] = []
    profile = None
    if case.owner.startswith(PREFIX):
        person_id = case.owner.removeprefix(PREFIX)
        chosen = chosen_contact(session, person_id)
        if chosen is not None and chosen.broken_at is None:
            found.append(Route(chosen.channel, chosen.address, person_id))
        profile = session.execute(select(Person.email).where(Person.id == person_id)).scalar_one_or_none()
    if mail := case.contact_email or profile:
        found.append(Route(MAIL, mail))
    return found


def chosen_contact(session: Session, person_id: str) -> Contact | None:
    """The address that the person chose; None where it is mail."""
    query = (
        select(Contact)
        .where(Contact.person_id == person_id, Contact.preferred_at.is_not(None))
        .order_by(Contact.preferred_at.desc(), Contact.channel)
        .limit(1)
    )
    return session.execute(query).scalar_one_or_none()


def note_broken(session: Session, now: datetime, broken: Broken) -> None:
    """Keep that nothing reaches this address: it is not tried again until the person confirms it anew."""
    route = broken.route
    if route.person_id is None:
        return
    row = session.get(Contact, (route.person_id, route.channel), with_for_update=True)
    if row is not None and row.address == route.address and row.broken_at is None:
        row.broken_at, row.trouble = now, broken.reason[:100]
        session.flush()


def unreachable(session: Session, most: int) -> Sequence[Row[tuple[str, datetime, str]]]:
    """Channel, since when and why, of the addresses that nothing reaches, the latest first; no address, no name."""
    query = (
        select(Contact.channel, Contact.broken_at, Contact.trouble)
        .where(Contact.broken_at.is_not(None))
        .order_by(Contact.broken_at.desc(), Contact.person_id)
        .limit(most)
    )
    return session.execute(query).all()
