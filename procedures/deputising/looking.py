"""The look afterwards (後閲): what was passed or decided in somebody's place, until they have seen it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import Application, Decision, Endorsement, LaterLook, Proposal
from procedures.reading.names import names_of


@dataclass(frozen=True, slots=True)
class Unseen:
    """One thing done in the actor's place; `outcome` is what was decided or proposed, `decided`: it was final."""

    id: str
    application_id: str
    reference: str
    outcome: str
    decided: bool
    by: str
    at: datetime


def unseen(session: Session, actor: Actor) -> list[Unseen]:
    """What was done in the place of `actor` and not seen yet, oldest first."""
    seen = select(LaterLook.id)
    decided = (
        select(Decision.id, Decision.application_id, Application.reference, Decision.outcome)
        .add_columns(Decision.decided_by.label("by"), Decision.decided_at.label("at"))
        .join(Application, Application.id == Decision.application_id)
        .where(Decision.stood_in_for == actor.id, Decision.id.not_in(seen))
    )
    passed = (
        select(Endorsement.id, Proposal.application_id, Application.reference, Proposal.outcome)
        .add_columns(Endorsement.by.label("by"), Endorsement.at.label("at"))
        .join(Proposal, Proposal.id == Endorsement.proposal_id)
        .join(Application, Application.id == Proposal.application_id)
        .where(Endorsement.stood_in_for == actor.id, Endorsement.id.not_in(seen))
    )
    rows = [(row, True) for row in session.execute(decided)] + [(row, False) for row in session.execute(passed)]
    names = names_of(session, [row.by for row, _ in rows])
    found = [
        Unseen(row.id, row.application_id, row.reference, row.outcome, final, names.get(row.by, row.by), row.at)
        for row, final in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.id))


def mark_seen(session: Session, actor: Actor, now: datetime, subject_id: str) -> None:
    """The absent one has seen it. Raises `NotFound` for what was not done in their place, or was seen already."""
    one = next((one for one in unseen(session, actor) if one.id == subject_id), None)
    if one is None:
        raise NotFound(subject_id)
    session.execute(insert(LaterLook.__table__), {"id": subject_id, "person_id": actor.id, "at": now})
    audit.record(session, actor, now, "deputy.seen", one.application_id)
