"""充当: a payment that lies in suspense pays a charge after all."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Who
from payments.checkouts import attempts
from payments.demands.quotes import read_lines, shares
from payments.ledger import SUSPENSE, Entry, carry_over, post, receivable
from payments.models import Charge, Payment, PaymentShare
from payments.settlement.judging import WAITS_FOR
from payments.settlement.outcomes import applied_source, close_others
from procedures import lifecycle, notices
from procedures.actors import SYSTEM
from procedures.days import tokyo_day
from procedures.models import Application


class NotPayable(Exception):
    """The charge cannot be paid so: it is not owed, of another amount, or its case waits for nothing."""


def apply_held(session: Session, now: datetime, payment: Payment, charge_id: str) -> int:
    """Set a payment in suspense against a charge of just its amount; answers the posting.

    Booked on the day it is decided, in the year to which that day belongs. The case moves on as with any payment.
    Raises `NotPayable`.
    """
    known = session.execute(select(Charge.id).where(Charge.id == charge_id)).first()
    if known is None:
        raise NotPayable(charge_id)
    charge = attempts.lock_charge(session, charge_id)
    waits = WAITS_FOR.get(charge.purpose)
    case = session.execute(select(Application.status).where(Application.id == charge.application_id)).scalar_one()
    if charge.status != "demanded" or charge.yen != payment.yen or (waits is not None and case != waits):
        raise NotPayable(charge_id)
    day = tokyo_day(now)
    entries = [
        Entry(SUSPENSE, receivable(account), yen)
        for account, yen in shares(read_lines(charge.lines), charge.yen).items()
    ]
    posting = post(
        session,
        now,
        "receipt",
        applied_source(payment),
        entries,
        day=day,
        fiscal_year=carry_over(session, now, charge.id, charge.fiscal_year, day),
        charge_id=charge.id,
    )
    payment.state, payment.charge_id = "settled", charge.id
    charge.status, charge.paid_at, charge.method = "paid", now, payment.method
    session.flush()
    share = {"payment_id": payment.id, "charge_id": charge.id, "yen": charge.yen}
    session.execute(insert(PaymentShare.__table__), share)
    notices.queue(session, now, "receipt_ready", charge.application_id, yen=payment.yen)
    close_others(session, now, [charge.id])
    if waits is not None:
        lifecycle.apply(session, SYSTEM, now, charge.application_id, Event.PAY, who=Who.SYSTEM, expected=waits)
    return posting
