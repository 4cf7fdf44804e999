"""The ends of a refund that was approved: the money is back with the payer, or it could not go."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from payments.discrepancies import note
from payments.models import Payment, Refund
from payments.refunds import postings, telling
from payments.refunds.receipts import settle_receipts
from payments.refunds.resolving import resolve
from procedures.actors import Actor


def confirm(session: Session, actor: Actor, now: datetime, refund: Refund, payment: Payment, day: date) -> None:
    """It is done: posted, receipts and the worklist follow, the payer is told."""
    refund.status, refund.confirmed_at, refund.action_until = "confirmed", now, None
    session.flush()
    postings.pay(session, now, refund, payment, day)
    settle_receipts(session, actor, now, refund)
    resolve(session, now, refund, payment)
    telling.tell(session, now, refund, "refund_done")


def fail(session: Session, now: datetime, refund: Refund, payment: Payment, why: str) -> None:
    """It could not go, or came back: posted back, and a person pays it in another way."""
    was_paid = refund.status == "confirmed"
    refund.status, refund.failed_at, refund.failure, refund.action_until = "failed", now, why, None
    session.flush()
    postings.take_back(session, now, refund, was_paid=was_paid)
    subject = refund.provider_refund_id or refund.id
    note(session, now, "refund_failed", subject, str(refund.yen), why, payment.charge_id)
    telling.tell(session, now, refund, "refund_failed")
