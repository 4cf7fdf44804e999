"""The promises about disputes re-checked on live data: what they moved is in the ledger."""

from collections.abc import Iterator

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

from payments.disputes.postings import LOST, SETTLED
from payments.models import Dispute, DisputeMovement, LedgerEntry, LedgerPosting
from payments.settlement.judging import CURRENCY
from procedures.doctor import Finding

MOVED = ("dispute_withdrawn", "dispute_reinstated")
DISPUTED = "disputed:"


def run(session: Session, standing: dict[str, int]) -> Iterator[Finding]:
    """Every check of disputes; `standing` is what stands on the accounts."""
    for movement, posted in session.execute(_movements()):
        if posted != abs(movement.yen):
            yield Finding("money.dispute_not_posted", movement.dispute_id, "payment.doctor_dispute_not_posted")
    held = sum(yen for code, yen in standing.items() if code.startswith(DISPUTED))
    if held != _undecided(session):
        yield Finding("money.disputed_differs", "ledger", "payment.doctor_disputed_differs")


def settled_from_suspense(session: Session) -> int:
    """What lost disputes took out of suspense, in yen."""
    query = (
        select(func.sum(LedgerEntry.yen))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.kind == SETTLED)
    )
    return session.scalar(query) or 0


def _movements() -> Select[tuple[DisputeMovement, int]]:
    name = literal(":") + DisputeMovement.provider + ":" + DisputeMovement.transaction_id
    posted = (
        select(func.coalesce(func.sum(LedgerEntry.yen), 0))
        .join(LedgerPosting, LedgerPosting.id == LedgerEntry.posting_id)
        .where(LedgerPosting.source.in_([kind + name for kind in map(literal, MOVED)]))
        .correlate(DisputeMovement)
        .scalar_subquery()
    )
    return (
        select(DisputeMovement, posted)
        .join(Dispute, Dispute.id == DisputeMovement.dispute_id)
        .where(Dispute.currency == CURRENCY)
    )


def _undecided(session: Session) -> int:
    """What disputes hold of which it is not decided that it is lost."""
    lost = select(LedgerPosting.source).where(LedgerPosting.kind.in_((LOST, SETTLED)))
    decided = {source.partition(":")[2] for source in session.scalars(lost)}
    query = (
        select(DisputeMovement.dispute_id, func.sum(DisputeMovement.yen))
        .join(Dispute, Dispute.id == DisputeMovement.dispute_id)
        .where(Dispute.currency == CURRENCY)
        .group_by(DisputeMovement.dispute_id)
    )
    return sum(-int(yen) for dispute_id, yen in session.execute(query) if dispute_id not in decided)
