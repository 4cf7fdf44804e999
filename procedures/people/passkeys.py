"""The passkeys of people, and the challenges that are open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.audit import record
from procedures.errors import NotFound
from procedures.models import Challenge, Passkey, Person

CHALLENGE_LIVES = timedelta(minutes=5)
MOST = 10  # passkeys of one person
LONGEST_NAME = 60


class CannotAdd(Exception):
    """The person has as many passkeys as one can have, or somebody has this one already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """What a browser made: credential and public key as base64url, and under which sign-in."""

    credential: str
    public_key: str
    counter: int
    name: str
    level: str
    means: str


def open_challenge(
    session: Session, now: datetime, challenge: bytes, purpose: str, person_id: str | None = None
) -> None:
    """Remember a challenge for `purpose`; those that nobody answered in time are swept away."""
    session.execute(delete(Challenge).where(Challenge.expires_at <= now))
    row = {"purpose": purpose, "person_id": person_id, "expires_at": now + CHALLENGE_LIVES}
    session.execute(insert(Challenge).values(id_hash=_hash(challenge), **row))


def take_challenge(
    session: Session, now: datetime, challenge: bytes, purpose: str, person_id: str | None = None
) -> bool:
    """Whether it is open for this purpose and person; never again afterwards, whatever comes of it."""
    mine = Challenge.person_id.is_(None) if person_id is None else Challenge.person_id == person_id
    found = delete(Challenge).where(
        Challenge.id_hash == _hash(challenge), Challenge.purpose == purpose, Challenge.expires_at > now, mine
    )
    return len(session.scalars(found.returning(Challenge.id_hash)).all()) == 1


def _hash(challenge: bytes) -> str:
    return sha256(challenge).hexdigest()


def of_person(session: Session, person_id: str) -> Sequence[Passkey]:
    """The passkeys of a person, the oldest first."""
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.added_at, Passkey.id)
    return session.scalars(query).all()


def by_credential(session: Session, credential: str) -> tuple[Passkey, Person] | None:
    """The passkey with this credential and whose it is."""
    query = select(Passkey, Person).join(Person, Person.id == Passkey.person_id)
    row = session.execute(query.where(Passkey.credential == credential)).one_or_none()
    return (row[0], row[1]) if row else None


def own(session: Session, actor: Actor, passkey_id: str) -> Passkey:
    """One of the actor's. Raises `NotFound` for a missing one and another's alike."""
    query = select(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == actor.id)
    found = session.scalars(query).one_or_none()
    if found is None or actor.kind == "visitor":
        raise NotFound(passkey_id)
    return found


def add(session: Session, actor: Actor, now: datetime, made: NewPasskey) -> str:
    """Keep a new passkey of the actor's; returns its id. Raises `CannotAdd`."""
    if len(of_person(session, actor.id)) >= MOST:
        raise CannotAdd("too many")
    if by_credential(session, made.credential):
        raise CannotAdd("known credential")
    row = Passkey(
        person_id=actor.id,
        credential=made.credential,
        public_key=made.public_key,
        counter=made.counter,
        name=_named(made.name),
        level=made.level,
        means=made.means,
        added_at=now,
    )
    session.add(row)
    session.flush()
    record(session, actor, now, "passkey.added", row.id)
    return row.id


def rename(session: Session, actor: Actor, passkey_id: str, name: str) -> None:
    """Call it something else; an empty name changes nothing. Raises `NotFound`."""
    found = own(session, actor, passkey_id)
    found.name = _named(name) or found.name
    session.flush()


def remove(session: Session, actor: Actor, now: datetime, passkey_id: str) -> None:
    """Nobody signs in with it any more. Raises `NotFound`."""
    session.delete(own(session, actor, passkey_id))
    session.flush()
    record(session, actor, now, "passkey.removed", passkey_id)


def used(session: Session, now: datetime, passkey: Passkey, counter: int) -> None:
    """Note a use. The counter goes forward only, also when two answers arrive at once."""
    here = update(Passkey).where(Passkey.id == passkey.id, Passkey.counter <= counter)
    session.execute(here.values(counter=counter, used_at=now))


def _named(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]
