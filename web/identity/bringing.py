"""A draft begun under another sign-in of the same browser, brought along when its owner steps up to a surer one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import Text
from procedures import library
from procedures.actors import Actor
from procedures.audit import record
from procedures.errors import NotFound
from procedures.models import Application, Person


@dataclass(frozen=True, slots=True)
class Brought:
    """The draft that can be brought along: what it is for, and the name under which it was begun."""

    application_id: str
    title: Text
    begun_as: str


def draft_of(session: Session, person_id: str, application_id: str) -> Brought | None:
    """The draft `application_id` if it is this person's and not sent yet."""
    row = session.execute(
        select(Application.digest, Person.name)
        .join(Person, Person.id == person_id)
        .where(
            Application.id == application_id,
            Application.owner == Actor("resident", person_id).owner_key,
            Application.status == Status.DRAFT,
        )
    ).one_or_none()
    if row is None:
        return None
    return Brought(application_id, library.by_digest(session, row.digest).title, row.name)


def bring(session: Session, actor: Actor, now: datetime, came_from: str | None, application_id: str) -> None:
    """Make the draft the actor's. `came_from` is who this browser was signed in as just before. Raises `NotFound`."""
    if came_from is None or draft_of(session, came_from, application_id) is None:
        raise NotFound(application_id)
    session.execute(update(Application).where(Application.id == application_id).values(owner=actor.owner_key))
    record(session, actor, now, "application.brought_along", application_id)
