"""The payment behind a discrepancy while it lies in suspense."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Discrepancy, Payment

SUSPENSE = "suspense"


def held_payment(session: Session, discrepancy: Discrepancy, *, lock: bool = False) -> Payment | None:
    """The payment in suspense that the discrepancy is about; None where it went elsewhere meanwhile."""
    query = select(Payment).where(
        Payment.payment_id == discrepancy.provider_object, Payment.state == SUSPENSE, Payment.currency == "jpy"
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).first()
