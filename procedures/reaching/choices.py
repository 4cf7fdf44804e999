"""How somebody wants to be reached: read, and changed by themselves alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import Contact, Person
from procedures.reaching.routes import MAIL, chosen_contact

LINE = "line"


def contacts(session: Session, actor: Actor) -> Sequence[Contact]:
    """The actor's confirmed addresses."""
    return session.scalars(select(Contact).where(Contact.person_id == actor.id).order_by(Contact.channel)).all()


def chosen(session: Session, actor: Actor) -> str:
    """The channel that the actor chose."""
    contact = chosen_contact(session, actor.id)
    return contact.channel if contact else MAIL


def profile(session: Session, actor: Actor) -> Person:
    """The actor's row, for the mail address and the issuer. Raises `NotFound`."""
    person = session.get(Person, actor.id)
    if person is None:
        raise NotFound(actor.id)
    return person


def prefer(session: Session, actor: Actor, now: datetime, channel: str) -> None:
    """Choose mail, or another channel with a confirmed address. Raises `NotFound` where there is none."""
    mine = update(Contact).where(Contact.person_id == actor.id)
    session.execute(mine.values(preferred_at=None))
    if channel == MAIL:
        return
    this = mine.where(Contact.channel == channel, Contact.broken_at.is_(None))
    if session.execute(this.values(preferred_at=now)).rowcount != 1:
        raise NotFound(channel)


def choose_line(session: Session, actor: Actor, now: datetime, issuer: str) -> None:
    """Choose LINE. Raises `NotFound` for somebody who did not sign in through it."""
    person = profile(session, actor)
    if person.issuer != issuer:
        raise NotFound(LINE)
    confirm(session, actor, now, LINE, person.subject)


def confirm(session: Session, actor: Actor, now: datetime, channel: str, address: str) -> None:
    """Note that `address` is the actor's own, in place of any before it, and choose it."""
    session.merge(
        Contact(
            person_id=actor.id,
            channel=channel,
            address=address,
            confirmed_at=now,
            preferred_at=None,
            broken_at=None,
            trouble=None,
        )
    )
    session.flush()
    prefer(session, actor, now, channel)


def forget(session: Session, actor: Actor, now: datetime, channel: str) -> None:
    """Forget an address of the actor; mail is used again if it was the chosen one."""
    this = delete(Contact).where(Contact.person_id == actor.id, Contact.channel == channel)
    if session.execute(this).rowcount:
        audit.record(session, actor, now, "contact.forget", actor.id, note=channel)
