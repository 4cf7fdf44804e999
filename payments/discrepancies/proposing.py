"""Proposing how a discrepancy is to be resolved; somebody else has to approve it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.discrepancies.actions import Action, actions
from payments.discrepancies.locking import lock
from payments.discrepancies.rules import REASONS, ResolutionRefused, checked_text
from payments.models import Discrepancy, DiscrepancyProposal
from procedures import audit
from procedures.actors import Actor
from procedures.authority import require
from procedures.models import new_id


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says: an action, a reason's code, a text, and what the action is to be about."""

    action: str
    reason: str
    text: str
    target: str = ""


def propose(session: Session, actor: Actor, now: datetime, discrepancy_id: str, wish: Wish) -> str:
    """Propose it; answers the proposal's id. Raises `NotFound`, `ResolutionRefused`."""
    require(actor, "finance.discrepancy", None, discrepancy_id)
    discrepancy = lock(session, discrepancy_id)
    if discrepancy.resolved_at is not None:
        raise ResolutionRefused("resolved")
    if open_proposal(session, discrepancy_id) is not None:
        raise ResolutionRefused("open")
    if wish.reason not in REASONS:
        raise ResolutionRefused("reason")
    text = checked_text(wish.text, "text")
    action = checked_action(session, discrepancy, wish.action, wish.target)
    row = {
        "id": new_id(),
        "discrepancy_id": discrepancy_id,
        "reason": wish.reason,
        "text": text,
        "action": action.NAME,
        "parameters": {"target": wish.target} if action.NEEDS_TARGET else {},
        "status": "open",
        "requested_by": actor.key,
        "requested_at": now,
    }
    session.execute(insert(DiscrepancyProposal), [row])
    audit.record(session, actor, now, "discrepancy.propose", discrepancy_id, note=f"{action.NAME} {wish.reason}")
    return str(row["id"])


def checked_action(session: Session, discrepancy: Discrepancy, name: str, target: str) -> Action:
    """The action, if it can be done about this one and about that target. Raises `ResolutionRefused`."""
    action = actions().get(name)
    if action is None or not action.fits(session, discrepancy):
        raise ResolutionRefused("action")
    if action.NEEDS_TARGET and target not in {choice.value for choice in action.choices(session, discrepancy)}:
        raise ResolutionRefused("parameter")
    return action


def open_proposal(session: Session, discrepancy_id: str) -> DiscrepancyProposal | None:
    """The one that waits for a decision."""
    query = select(DiscrepancyProposal).where(
        DiscrepancyProposal.discrepancy_id == discrepancy_id, DiscrepancyProposal.status == "open"
    )
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()
