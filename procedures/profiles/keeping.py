"""What is kept of a person: with their consent, only what concepts allow, and gone at a word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Profile, ProfileValue
from procedures.profiles.known import Known, Source
from procedures.storing.fixed import Fixed

_profile, _value = Profile.__table__, ProfileValue.__table__
_CONSENT = Fixed(select(_profile.c.consents).where(_profile.c.owner == bindparam("person")))
_KEPT = Fixed(select(_value).where(_value.c.owner == bindparam("person")).order_by(_value.c.concept))


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer to keep, and where it was typed: both ids are None for the profile itself."""

    answer: Any
    application_id: str | None = None
    digest: str | None = None


def has_profile(actor: Actor) -> bool:
    """Whether anything may be kept of this actor at all: a visitor is nobody in particular."""
    return actor.kind not in {"visitor", "system"}


def consent(session: Session, actor: Actor) -> bool | None:
    """Whether the person wants things kept; None while they were not asked."""
    row = _CONSENT.one_or_none(session, {"person": actor.owner_key}) if has_profile(actor) else None
    return None if row is None else bool(row.consents)


def decide(session: Session, actor: Actor, now: datetime, *, consents: bool) -> None:
    """Write down what the person wants. Who does not want it has nothing kept from now on. Raises `NotFound`."""
    if not has_profile(actor):
        raise NotFound("profile")
    row = session.get(Profile, actor.owner_key)
    if row is None:
        session.add(Profile(owner=actor.owner_key, consents=consents, decided_at=now))
    else:
        row.consents, row.decided_at = consents, now
    session.flush()
    gone = [] if consents else _erase(session, actor)
    audit.record(session, actor, now, "profile.on" if consents else "profile.off", actor.owner_key, gone)


def kept(session: Session, actor: Actor) -> dict[str, Known]:
    """What is kept, by concept; nothing without consent."""
    if not consent(session, actor):
        return {}
    return {
        row.concept: Known(
            row.concept,
            row.answer,
            Source("profile", tokyo_day(row.kept_at), row.digest, row.application_id),
        )
        for row in _KEPT.all(session, {"person": actor.owner_key})
    }


def keep(session: Session, actor: Actor, now: datetime, answers: Mapping[str, Typed]) -> None:
    """Keep these answers by concept, over those that were kept before.

    The caller has made sure that the concepts may be kept. Raises `NotFound` without consent.
    """
    if not consent(session, actor):
        raise NotFound("profile")
    for concept, typed in answers.items():
        row = session.get(ProfileValue, (actor.owner_key, concept))
        if row is None:
            row = ProfileValue(owner=actor.owner_key, concept=concept)
            session.add(row)
        row.answer, row.application_id, row.digest, row.kept_at = typed.answer, typed.application_id, typed.digest, now
    session.flush()
    if answers:
        audit.record(session, actor, now, "profile.keep", actor.owner_key, sorted(answers))


def forget(session: Session, actor: Actor, now: datetime, concepts: Iterable[str]) -> None:
    """Erase these. Raises `NotFound` where one of them is not kept."""
    wanted = sorted(concepts)
    for concept in wanted:
        row = session.get(ProfileValue, (actor.owner_key, concept))
        if row is None:
            raise NotFound(concept)
        session.delete(row)
    session.flush()
    audit.record(session, actor, now, "profile.forget", actor.owner_key, wanted)


def forget_everything(session: Session, actor: Actor, now: datetime) -> None:
    """Erase all that is kept; the consent stays as it is."""
    if not has_profile(actor):
        raise NotFound("profile")
    audit.record(session, actor, now, "profile.forget", actor.owner_key, _erase(session, actor))


def export(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """All that is kept, as plain data for the person to take along (個人情報の保護に関する法律第76条)."""
    return [
        {"concept": known.concept, "answer": known.answer, "source": known.source.plain()}
        for known in kept(session, actor).values()
    ]


def _erase(session: Session, actor: Actor) -> list[str]:
    mine = ProfileValue.owner == actor.owner_key
    concepts = sorted(session.scalars(select(ProfileValue.concept).where(mine)))
    session.execute(delete(ProfileValue).where(mine))
    return concepts
