"""What refunds do to receipts: one whose money was given back in full counts no longer, else it is marked."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.models import Charge, Refund, RefundPart
from payments.receipts.cancelling import cancel
from procedures.actors import Actor


def settle_receipts(session: Session, actor: Actor, now: datetime, refund: Refund) -> None:
    """Cancel the receipts of the charges that are given back in full now."""
    charges = select(RefundPart.charge_id).where(RefundPart.refund_id == refund.id, RefundPart.charge_id.is_not(None))
    rows = session.execute(select(Charge.id, Charge.yen, Charge.application_id).where(Charge.id.in_(charges))).all()
    for charge in rows:
        if given_back(session, charge.id) >= charge.yen:
            cancel(session, actor, now, charge.id, charge.application_id, f"refund:{refund.id}")


def given_back(session: Session, charge_id: str, until: datetime | None = None) -> int:
    """What of a charge was given back (confirmed), in yen; up to and including the moment `until`."""
    query = (
        select(func.sum(RefundPart.yen))
        .join(Refund, Refund.id == RefundPart.refund_id)
        .where(RefundPart.charge_id == charge_id, Refund.status == "confirmed")
    )
    if until is not None:
        query = query.where(Refund.confirmed_at <= until)
    return session.scalar(query) or 0
