"""Mandates that a principal grants by signing in: asked for by a link, granted until a day, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.audit import record
from procedures.days import tokyo_day
from procedures.errors import AssuranceTooLow, NotFound
from procedures.models import MandateGrant, new_id

LINK_LIVES = timedelta(days=14)
LONGEST = timedelta(days=366)
LEVELS = ("basic", "substantial", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: who acts as what (`kind`) for whom, in which procedures, until which day of Tokyo."""

    kind: str
    principal: str
    procedures: tuple[str, ...]
    until: date


def ask(session: Session, actor: Actor, now: datetime, wish: Wish) -> str:
    """Prepare a link for the principal; returns its id. Raises ValueError for a day that is past or too far away."""
    today = tokyo_day(now)
    if not today <= wish.until <= today + LONGEST:
        raise ValueError("until")
    row = MandateGrant(
        id=new_id(),
        asked_by=actor.id,
        asked_as=actor.name,
        kind=wish.kind,
        principal=wish.principal,
        procedures=list(wish.procedures),
        until=wish.until,
        asked_at=now,
        open_until=now + LINK_LIVES,
    )
    session.add(row)
    session.flush()
    record(session, actor, now, "mandate.asked", row.id)
    return row.id


def still_open(session: Session, now: datetime, grant_id: str) -> MandateGrant:
    """A link that nobody answered yet. Raises `NotFound`."""
    row = session.get(MandateGrant, grant_id)
    if row is None or row.granted_at is not None or row.revoked_at is not None or row.open_until <= now:
        raise NotFound(grant_id)
    return row


def grant(session: Session, actor: Actor, now: datetime, grant_id: str, needed: str) -> None:
    """The principal grants it, known at least at the level `needed`.

    Raises `NotFound`, also for whoever asked: nobody gives a mandate to themselves; `AssuranceTooLow`.
    """
    row = still_open(session, now, grant_id)
    if actor.kind == "visitor" or row.asked_by == actor.id:
        raise NotFound(grant_id)
    level = actor.proof.level if actor.proof else LEVELS[0]
    if LEVELS.index(level) < LEVELS.index(needed):
        raise AssuranceTooLow(needed)
    row.granted_by, row.granted_as, row.level, row.granted_at = actor.id, actor.name, level, now
    session.flush()
    record(session, actor, now, "mandate.granted", grant_id)


def revoke(session: Session, actor: Actor, now: datetime, grant_id: str) -> None:
    """Take it back, or give it up: nothing more is sent by it. Raises `NotFound`."""
    row = session.get(MandateGrant, grant_id)
    if row is None or actor.id not in {row.granted_by, row.asked_by} or actor.kind == "visitor":
        raise NotFound(grant_id)
    if row.revoked_at is None:
        row.revoked_at = now
        session.flush()
        record(session, actor, now, "mandate.revoked", grant_id)


def of_person(session: Session, actor: Actor) -> Sequence[MandateGrant]:
    """Those that the actor gave or asked for, the newest first."""
    mine = or_(MandateGrant.granted_by == actor.id, MandateGrant.asked_by == actor.id)
    query = select(MandateGrant).where(mine).order_by(MandateGrant.asked_at.desc(), MandateGrant.id)
    return session.scalars(query).all()


def holds(row: MandateGrant | None, actor: Actor, procedure_id: str, needed: str, day: date) -> bool:
    """Whether the actor may send this procedure by it on `day`."""
    return (
        row is not None
        and row.asked_by == actor.id
        and row.granted_at is not None
        and row.revoked_at is None
        and row.until >= day
        and procedure_id in row.procedures
        and LEVELS.index(row.level or LEVELS[0]) >= LEVELS.index(needed)
    )
