"""Where somebody is signed in: their sessions, and ending them."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, Select, delete, select, true
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import WebSession
from procedures.people import granting
from web.identity.sessions import hash_of


@dataclass(frozen=True, slots=True)
class Place:
    """One session: the name it goes by in forms, the device (`web.identity.devices`), when; `here`: this very one."""

    id: str
    system: str
    browser: str
    began_at: datetime
    seen_at: datetime
    here: bool


def places_of(session: Session, now: datetime, person_id: str, token: str) -> list[Place]:
    """The living sessions of a person, this one first, then by their last use."""
    rows = session.scalars(_living(now, person_id)).all()
    places = [_place(row, token) for row in rows]
    return sorted(places, key=lambda one: (not one.here, -one.seen_at.timestamp(), one.id))


def _living(now: datetime, person_id: str) -> Select[tuple[WebSession]]:
    return select(WebSession).where(WebSession.person_id == person_id, WebSession.expires_at > now)


def _place(row: WebSession, token: str) -> Place:
    system, _, browser = row.device.partition("|")
    here = row.id_hash == hash_of(token)
    return Place(_name(row.id_hash), system, browser, row.created_at, row.seen_at, here)


def _name(id_hash: str) -> str:
    """What a page may show: the hash of the hash, so that no page tells what the database looks a cookie up by."""
    return sha256(f"session:{id_hash}".encode()).hexdigest()[:32]


def end_place(session: Session, actor: Actor, now: datetime, name: str) -> None:
    """End one session of the actor's own. Raises `NotFound` for one that is gone and another's alike."""
    row = next((one for one in session.scalars(_living(now, actor.id)) if _name(one.id_hash) == name), None)
    if row is None:
        raise NotFound(name)
    session.delete(row)
    session.flush()
    audit.record(session, actor, now, "session.ended", actor.id, note="1")


def end_others(session: Session, actor: Actor, now: datetime, token: str) -> int:
    """End all of the actor's own but this one; returns how many."""
    return _end(session, actor, now, actor.id, WebSession.id_hash != hash_of(token))


def end_all(session: Session, actor: Actor, now: datetime, person_id: str, office: str) -> int:
    """End all sessions of somebody of the office, who has to sign in anew; returns how many.

    For the system, an operator, or a manager in their own office. Raises `NotFound`.
    """
    granting.require_for(actor, "session.end", office)
    if person_id not in {person.id for person, _ in granting.everybody(session, office)}:
        raise NotFound(person_id)
    return _end(session, actor, now, person_id, true())


def _end(session: Session, actor: Actor, now: datetime, person_id: str, which: ColumnElement[bool]) -> int:
    gone = delete(WebSession).where(WebSession.person_id == person_id, which).returning(WebSession.id_hash)
    count = len(session.scalars(gone).all())
    if count:
        audit.record(session, actor, now, "session.ended", person_id, note=str(count))
    return count
