"""The payment behind a discrepancy while it lies in suspense."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.disputes.holding import withdrawn_yen
from payments.models import Discrepancy, Payment, Refund
from payments.refunds.rules import LIVE

SUSPENSE = "suspense"


def held_payment(session: Session, discrepancy: Discrepancy, *, lock: bool = False) -> Payment | None:
    """The payment in suspense that the discrepancy is about; None where it went elsewhere meanwhile."""
    query = select(Payment).where(
        Payment.payment_id == discrepancy.provider_object, Payment.state == SUSPENSE, Payment.currency == "jpy"
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    payment = session.scalars(query).first()
    return None if payment is not None and _is_promised(session, payment.id) else payment


def _is_promised(session: Session, payment_row: str) -> bool:
    """Whether any of it is on its way back, asked for, or taken back by a dispute; asked under the payment's lock."""
    asked = select(Refund.id).where(Refund.payment_id == payment_row, Refund.status.in_(LIVE))
    return session.execute(asked).first() is not None or withdrawn_yen(session, payment_row) > 0
