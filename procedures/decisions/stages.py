"""Where a proposal lies on its route (回議・決裁), and who passed it until then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engine.model import Procedure, Stage
from procedures.actors import Actor
from procedures.keyring.owned import of
from procedures.models import Endorsement, Proposal, new_id

_endorsement = Endorsement.__table__


@dataclass(frozen=True, slots=True)
class Place:
    """The stage at which a proposal lies, with those before and after it; None where there is none.

    A procedure without stages of approvers has a route of one stage without a name.
    """

    here: Stage | None
    before: Stage | None
    after: Stage | None

    @property
    def role(self) -> str:
        """Who works on it here."""
        return self.here.role if self.here else "approver"


def first(procedure: Procedure) -> Stage | None:
    """Where a proposal begins."""
    route = procedure.review.route if procedure.review else ()
    return route[0] if route else None


def place_of(procedure: Procedure, stage_id: str | None) -> Place:
    """Where on the route that is; proposals of a release that knew no route lie at its end."""
    route = procedure.review.route if procedure.review else ()
    at = next((place for place, stage in enumerate(route) if stage.id == stage_id), len(route) - 1)
    if at < 0:
        return Place(None, None, None)
    return Place(route[at], route[at - 1] if at else None, route[at + 1] if at + 1 < len(route) else None)


def passed(session: Session, proposal_id: str) -> Sequence[Endorsement]:
    """Who passed it, in order; what went back does not count."""
    query = select(Endorsement).where(Endorsement.proposal_id == proposal_id, Endorsement.undone_at.is_(None))
    return session.execute(query.order_by(Endorsement.at, Endorsement.id)).scalars().all()


def move_on(session: Session, actor: Actor, now: datetime, proposal: Proposal, place: Place) -> None:
    """Passed here, it lies at the next stage."""
    row = {
        "id": new_id(),
        "proposal_id": proposal.id,
        "stage": place.here.id if place.here else "",
        "by": actor.id,
        "stood_in_for": actor.in_place_of.id if actor.in_place_of else None,
        "at": now,
    }
    session.execute(insert(_endorsement), row)
    _lie_at(session, proposal, place.after)


def move_back(session: Session, actor: Actor, now: datetime, proposal: Proposal, before: Stage, note: str) -> None:
    """It lies at the stage before again: who passed it there is asked to look once more."""
    this = (_endorsement.c.proposal_id == proposal.id) & (_endorsement.c.stage == before.id)
    undone = update(_endorsement).where(this, _endorsement.c.undone_at.is_(None))
    session.execute(undone.values(undone_at=now, undone_by=actor.id, note=of(proposal.application_id, note)))
    _lie_at(session, proposal, before)


def lying_at(stage: Stage | None) -> dict[str, str | None]:
    """What the row of a proposal says that lies at this stage, and has come to nobody there yet."""
    return {
        "stage": stage.id if stage else None,
        "role": stage.role if stage else "approver",
        "asked": None,
        "asked_at": None,
    }


def _lie_at(session: Session, proposal: Proposal, stage: Stage | None) -> None:
    this = update(Proposal.__table__).where(Proposal.__table__.c.id == proposal.id)
    session.execute(this.values(lying_at(stage)))
