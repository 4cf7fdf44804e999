"""A decision with its papers: what they say is hashed and kept with it, and its letter is ordered."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from procedures import letters, notices
from procedures.decisions import writing
from procedures.decisions.finding import Turn
from procedures.decisions.outcomes import ADVERSE
from procedures.errors import ProposalChanged
from procedures.letters.agreed import papers_of


def keep_and_order(
    session: Session, now: datetime, turn: Turn, number: int, seen: Mapping[str, str] | None = None
) -> str:
    """Keep the decision of turn `number`; returns its id. Raises `ProposalChanged` where `seen` says something else."""
    contents = papers_of(session, turn.case.id, turn.proposal)
    if seen is not None and dict(seen) != contents:
        raise ProposalChanged(turn.proposal.id)
    decision_id = writing.keep_decision(session, now, turn, number, contents)
    if turn.proposal.outcome in ADVERSE:
        letters.order(session, now, decision_id)
    if turn.proposal.outcome == "partly":
        notices.queue(session, now, "partly", turn.case.id)
    return decision_id
