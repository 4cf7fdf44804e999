"""What is known of a person while they fill in a draft: confirmed by sign-in, kept in the profile, said just before."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.journey import walk
from engine.lifecycle import Status
from engine.reuse import by_concept
from procedures import library
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.models import Application, Draft
from procedures.profiles.claims import verified
from procedures.profiles.keeping import consent, has_profile, kept
from procedures.profiles.known import Known, Source
from procedures.reading import casefile
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed

IN_ONE_GO = timedelta(days=30)
"""How long what was said in one application is offered in the next one without having been kept."""

MOST_OTHERS = 5
ENDED_UNSENT = frozenset({Status.WITHDRAWN.value, Status.LAPSED.value})

_application, _draft = Application.__table__, Draft.__table__
_OTHERS = Fixed(
    select(
        _application.c.id,
        _application.c.digest,
        _application.c.status,
        _application.c.round,
        _application.c.created_at,
        _application.c.submitted_at,
        _draft.c.answers,
        _draft.c.updated_at,
    )
    .select_from(_application.outerjoin(_draft))
    .where(
        _application.c.owner == bindparam("person"),
        _application.c.id != bindparam("case_id"),
        _application.c.created_at >= bindparam("since"),
    )
    .order_by(_application.c.created_at.desc(), _application.c.id)
    .limit(MOST_OTHERS)
)


def known(session: Session, actor: Actor, now: datetime, application_id: str) -> Mapping[str, tuple[Known, ...]]:
    """By concept, for one's draft, the best first: what an issuer confirmed, then what was said last.

    Nothing for a visitor, and nothing for who does not want to be remembered.
    """
    if not has_profile(actor) or consent(session, actor) is False:
        return {}
    said = dict(kept(session, actor))
    for one in _said_elsewhere(session, actor, now, application_id):
        if one.concept not in said or one.source.on > said[one.concept].source.on:
            said[one.concept] = one
    confirmed = verified(session, actor.id)
    return {
        concept: tuple(some[concept] for some in (confirmed, said) if concept in some)
        for concept in {**said, **confirmed}
    }


def _said_elsewhere(session: Session, actor: Actor, now: datetime, application_id: str) -> Iterator[Known]:
    """What the person said in their other applications of the last days, newest first."""
    values = {"person": actor.owner_key, "case_id": application_id, "since": now - IN_ONE_GO}
    for row in _OTHERS.all(session, values):
        if row.round == 0 and row.status in ENDED_UNSENT:
            continue
        answers = _answers(session, row)
        if not answers:
            continue
        day = tokyo_day(row.submitted_at or row.updated_at or row.created_at)
        journey = walk(library.by_digest(session, row.digest), answers, day)
        for concept, (_, answer) in by_concept(journey).items():
            yield Known(concept, answer, Source("application", day, row.digest, row.id))


def _answers(session: Session, row: Any) -> Mapping[str, Any]:
    if row.round > 0:
        return casefile.submission(session, row.id).answers
    return stored.unpack(row.answers) if row.answers else {}
