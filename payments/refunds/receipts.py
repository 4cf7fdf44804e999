"""What refunds do to receipts: one whose money was given back in full counts no longer.

One of which a part was given back still counts: it says what was received. Copies made from then on say what went back.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Charge, Refund, RefundPart
from payments.receipts.cancelling import cancel
from payments.receipts.refunded import given_back
from procedures.actors import Actor


def settle_receipts(session: Session, actor: Actor, now: datetime, refund: Refund) -> None:
    """Cancel the receipts of the charges that are given back in full now."""
    charges = select(RefundPart.charge_id).where(RefundPart.refund_id == refund.id, RefundPart.charge_id.is_not(None))
    rows = session.execute(select(Charge.id, Charge.yen, Charge.application_id).where(Charge.id.in_(charges))).all()
    for charge in rows:
        if given_back(session, charge.id) >= charge.yen:
            cancel(session, actor, now, charge.id, charge.application_id, f"refund:{refund.id}")
