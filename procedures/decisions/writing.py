"""The rows of proposals and decisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, update
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures.actors import Actor
from procedures.decisions import outcomes
from procedures.models import Decision, Proposal, new_id


def keep_proposal(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Row[Any],
    outcome: str,
    codes: Sequence[str],
    text: str,
    **more: Any,
) -> str:
    """An open proposal; answers its id. The database refuses a second one of the case."""
    row = {
        "id": new_id(),
        "application_id": case.id,
        "round": case.round,
        "outcome": outcome,
        "reason_codes": list(codes) if outcome in outcomes.ADVERSE else [],
        "text": text,
        "proposed_by": actor.id,
        "proposed_at": now,
        "state": "open",
        **more,
    }
    session.execute(insert(Proposal.__table__), row)
    return row["id"]


def close_proposal(
    session: Session, actor: Actor, now: datetime, proposal_id: str, state: str, note: str | None = None
) -> None:
    """It waits no longer: `state` is decided or sent_back."""
    this = update(Proposal.__table__).where(Proposal.__table__.c.id == proposal_id)
    session.execute(this.values(state=state, closed_by=actor.id, closed_at=now, closing_note=note))


def keep_decision(
    session: Session, actor: Actor, now: datetime, case: Row[Any], turn: int, proposal: Proposal, procedure: Procedure
) -> None:
    """What was decided, with reasons and appeal notice frozen in the words they are told in."""
    row = {
        "id": new_id(),
        "application_id": case.id,
        "round": case.round,
        "turn": turn,
        "proposal_id": proposal.id,
        "outcome": proposal.outcome,
        "reasons": outcomes.reasons(procedure, proposal.outcome, proposal.reason_codes),
        "text": proposal.text,
        "appeal": outcomes.appeal(procedure, proposal.outcome),
        "granted": proposal.granted,
        "hearing": proposal.hearing,
        "proposed_by": proposal.proposed_by,
        "decided_by": actor.id,
        "decided_at": now,
    }
    session.execute(insert(Decision.__table__), row)
