"""Locks, in the order that everybody takes them: the case, its charge, the payment, the refund."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.checkouts.attempts import lock_charge
from payments.models import Payment, Refund
from procedures.errors import NotFound


def lock_payment(session: Session, payment_id: str) -> Payment:
    """The payment, locked with its charge and case. Raises `NotFound`."""
    found = session.execute(select(Payment.charge_id).where(Payment.id == payment_id)).one_or_none()
    if found is None:
        raise NotFound(payment_id)
    if found.charge_id is not None:
        lock_charge(session, found.charge_id)
    query = select(Payment).where(Payment.id == payment_id).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalar_one()


def lock_refund(session: Session, refund_id: str) -> tuple[Refund, Payment]:
    """The refund with its payment, locked. Raises `NotFound`."""
    payment_id = session.scalar(select(Refund.payment_id).where(Refund.id == refund_id))
    if payment_id is None:
        raise NotFound(refund_id)
    payment = lock_payment(session, payment_id)
    query = select(Refund).where(Refund.id == refund_id).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalar_one(), payment
