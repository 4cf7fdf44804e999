"""The rows of proposals and decisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, update
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.decisions import outcomes
from procedures.decisions.finding import Turn
from procedures.keyring.owned import of
from procedures.models import Decision, Proposal, new_id
from procedures.models.sealed import sealed_row


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
    session.execute(insert(Proposal.__table__), sealed_row(case.id, Proposal, row))
    return row["id"]


def close_proposal(
    session: Session, actor: Actor, now: datetime, proposal: Proposal, state: str, note: str | None = None
) -> None:
    """It waits no longer: `state` is decided or sent_back."""
    this = update(Proposal.__table__).where(Proposal.__table__.c.id == proposal.id)
    words = of(proposal.application_id, note)
    session.execute(this.values(state=state, closed_by=actor.id, closed_at=now, closing_note=words))


def keep_decision(session: Session, now: datetime, turn: Turn, number: int, contents: dict[str, str]) -> str:
    """What was decided in turn `number`, with reasons and appeal notice frozen in their words; its id.

    `contents` are the hashes of its papers.
    """
    actor, case, proposal, procedure = turn.actor, turn.case, turn.proposal, turn.procedure
    row = {
        "id": new_id(),
        "application_id": case.id,
        "round": case.round,
        "turn": number,
        "proposal_id": proposal.id,
        "outcome": proposal.outcome,
        "reasons": outcomes.reasons(procedure, proposal.outcome, proposal.reason_codes),
        "text": proposal.text,
        "appeal": outcomes.appeal(procedure, proposal.outcome),
        "granted": proposal.granted,
        "hearing": proposal.hearing,
        "proposed_by": proposal.proposed_by,
        "decided_by": actor.id,
        "stood_in_for": actor.in_place_of.id if actor.in_place_of else None,
        "decided_at": now,
        "contents": contents,
    }
    session.execute(insert(Decision.__table__), sealed_row(case.id, Decision, row))
    return str(row["id"])
