"""Refunds that are paid by hand, by bank transfer: done once somebody enters the number of the slip."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from engine.fields.keyboards import has_control_character
from payments.refunds.endings import confirm
from payments.refunds.locking import lock_refund
from payments.refunds.rules import LONGEST_SLIP, RefundMoved, RefundRefused
from procedures import audit
from procedures.actors import Actor
from procedures.authority import require
from procedures.days import tokyo_day


def note_paid_outside(session: Session, actor: Actor, now: datetime, refund_id: str, slip: str, paid_on: date) -> None:
    """The transfer was made on `paid_on` under this slip. Two people have decided on it before.

    Raises `NotFound`, `RefundMoved` where it is not approved, `RefundRefused`.
    """
    require(actor, "finance.refund", None, refund_id)
    number = slip.strip()
    if not number or len(number) > LONGEST_SLIP or has_control_character(number):
        raise RefundRefused("slip")
    refund, payment = lock_refund(session, refund_id)
    if refund.status != "approved" or refund.way != "outside" or refund.decided_at is None:
        raise RefundMoved(refund.status)
    if not tokyo_day(refund.decided_at) <= paid_on <= tokyo_day(now):
        raise RefundRefused("day")
    refund.slip, refund.paid_on, refund.paid_by = number, paid_on, actor.key
    confirm(session, actor, now, refund, payment, paid_on)
    audit.record(session, actor, now, "refund.paid_outside", refund.id, note=number)
