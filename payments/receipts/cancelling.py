"""A receipt that counts no longer, because its money was given back."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Receipt, ReceiptCancellation
from procedures import audit
from procedures.actors import Actor
from procedures.storing.rows import insert_new


def cancel(session: Session, actor: Actor, now: datetime, charge_id: str, application_id: str, reason: str) -> bool:
    """Cancel the receipt of a charge; False where there is none, or it is cancelled already."""
    receipt_id = session.execute(select(Receipt.id).where(Receipt.charge_id == charge_id)).scalar_one_or_none()
    if receipt_id is None:
        return False
    row = {"receipt_id": receipt_id, "reason": reason, "cancelled_at": now}
    if not insert_new(session, ReceiptCancellation.__table__, row, unique="receipt_id"):
        return False
    audit.record(session, actor, now, "receipt.cancel", application_id, note=reason)
    return True
