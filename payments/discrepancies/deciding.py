"""The second person: approving a proposal, which carries it out in the same transaction, or sending it back."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.discrepancies.actions import Step
from payments.discrepancies.locking import lock
from payments.discrepancies.proposing import checked_action, open_proposal
from payments.discrepancies.rules import ResolutionRefused, checked_text
from payments.models import Discrepancy, DiscrepancyProposal
from procedures import audit
from procedures.actors import Actor
from procedures.authority import require
from procedures.errors import SamePerson


def approve(session: Session, actor: Actor, now: datetime, discrepancy_id: str, proposal_id: str) -> int | None:
    """Approve: what was proposed is done now, or nothing is; answers the posting's id where there is one.

    Raises `NotFound`, `SamePerson`, and `ResolutionRefused` where the proposal is not the open one any more or cannot
    be carried out as things stand now.
    """
    discrepancy, proposal = _open(session, actor, discrepancy_id, proposal_id)
    target = str(proposal.parameters.get("target", ""))
    action = checked_action(session, discrepancy, proposal.action, target)
    proposal.posting_id = action.carry_out(session, Step(actor, now, discrepancy, proposal.id, target))
    proposal.status, proposal.decided_by, proposal.decided_at = "approved", actor.key, now
    discrepancy.resolved_at, discrepancy.resolved_by, discrepancy.resolution = now, actor.key, proposal.reason
    session.flush()
    audit.record(session, actor, now, "discrepancy.approve", discrepancy_id, note=proposal.action)
    return proposal.posting_id


def reject(session: Session, actor: Actor, now: datetime, discrepancy_id: str, proposal_id: str, why: str) -> None:
    """Send it back with a reason; it is on the worklist as before. Raises as `approve`."""
    discrepancy, proposal = _open(session, actor, discrepancy_id, proposal_id)
    proposal.decision = checked_text(why, "text")
    proposal.status, proposal.decided_by, proposal.decided_at = "rejected", actor.key, now
    session.flush()
    audit.record(session, actor, now, "discrepancy.reject", discrepancy.id, note=proposal.action)


def _open(
    session: Session, actor: Actor, discrepancy_id: str, proposal_id: str
) -> tuple[Discrepancy, DiscrepancyProposal]:
    require(actor, "finance.discrepancy", None, discrepancy_id)
    discrepancy = lock(session, discrepancy_id)
    proposal = open_proposal(session, discrepancy_id)
    if discrepancy.resolved_at is not None or proposal is None or proposal.id != proposal_id:
        raise ResolutionRefused("moved")
    if proposal.requested_by == actor.key:
        raise SamePerson
    return discrepancy, proposal
