"""What a dispute has taken of a payment."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import Dispute, DisputeMovement


def withdrawn_yen(session: Session, payment_id: str) -> int:
    """What the payer's bank has taken back of a payment and not returned, in yen."""
    query = (
        select(func.sum(DisputeMovement.yen))
        .join(Dispute, Dispute.id == DisputeMovement.dispute_id)
        .where(Dispute.payment_id == payment_id)
    )
    return max(0, -(session.scalar(query) or 0))


def standing_yen(session: Session, dispute_id: str) -> int:
    """The same of one dispute."""
    query = select(func.sum(DisputeMovement.yen)).where(DisputeMovement.dispute_id == dispute_id)
    return max(0, -(session.scalar(query) or 0))
