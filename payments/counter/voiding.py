"""Voiding an entry that was a mistake (取消し): asked for by one person, agreed to by another, on the same day."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status, Who
from payments.checkouts import attempts
from payments.ledger import reverse
from payments.models import Charge, CounterEntry, CounterVoid, Payment, PaymentShare, Receipt, Refund
from payments.providers import counter
from payments.refunds.rules import LIVE
from payments.settlement.judging import WAITS_FOR
from payments.settlement.outcomes import receipt_source
from procedures import audit, lifecycle, notices
from procedures.actors import SYSTEM, Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.errors import NotFound, SamePerson

LONGEST_REASON = 500
Why = Literal["day", "moved", "receipt", "refund", "asked", "done"]


class CannotVoid(Exception):
    """Not any more: the day is over, the case moved on, a receipt is out, money is on its way back; or it was asked."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


def ask(session: Session, actor: Actor, now: datetime, entry_id: str, reason: str) -> None:
    """Ask for it as a cashier of the office. Raises `NotFound`, `CannotVoid`."""
    entry, charges = _opened(session, actor, entry_id)
    if session.get(CounterVoid, entry_id) is not None:
        raise CannotVoid("asked")
    _check(session, now, entry, charges)
    row = {
        "entry_id": entry_id,
        "reason": reason[:LONGEST_REASON],
        "requested_by": actor.id,
        "requested_at": now,
    }
    session.execute(insert(CounterVoid.__table__), row)
    audit.record(session, actor, now, "counter.void_ask", entry.application_id, note=entry.slip)


def agree(session: Session, actor: Actor, now: datetime, entry_id: str) -> None:
    """Void it as another cashier: posted back, the charges are owed again, and the case waits for its fee.

    Raises `NotFound`, `SamePerson`, `CannotVoid`.
    """
    entry, charges = _opened(session, actor, entry_id)
    void = session.get(CounterVoid, entry_id, with_for_update=True)
    if void is None:
        raise NotFound(entry_id)
    if void.decided_by is not None:
        raise CannotVoid("done")
    if void.requested_by == actor.id:
        raise SamePerson
    _check(session, now, entry, charges)
    void.decided_by, void.decided_at = actor.id, now
    session.execute(update(Payment).where(Payment.id == entry.payment_id).values(state="voided"))
    for charge in charges:
        further = None if charge is charges[0] else charge.id
        reverse(session, now, "void", receipt_source(counter.NAME, entry_id, further), day=tokyo_day(now))
        charge.status, charge.paid_at, charge.method = "demanded", None, None
    session.flush()
    _case_waits_again(session, now, entry.application_id, charges)
    audit.record(session, actor, now, "counter.void", entry.application_id, note=entry.slip)


def _opened(session: Session, actor: Actor, entry_id: str) -> tuple[Row[Any], list[Charge]]:
    """The entry with its charges, all locked with their case; oldest first."""
    table = CounterEntry.__table__
    entry = session.execute(select(table).where(table.c.id == entry_id)).one_or_none()
    if entry is None or not may(actor, "counter.void", entry):
        raise NotFound(entry_id)
    shares = select(PaymentShare.charge_id).where(PaymentShare.payment_id == entry.payment_id)
    return entry, attempts.lock_charges(session, list(session.scalars(shares)))


def _check(session: Session, now: datetime, entry: Row[Any], charges: Sequence[Charge]) -> None:
    """Raise `CannotVoid` where it would undo more than the entry: such money is given back as a refund."""
    if entry.day != tokyo_day(now):
        raise CannotVoid("day")
    ids = [charge.id for charge in charges]
    if session.execute(select(Receipt.id).where(Receipt.charge_id.in_(ids))).first() is not None:
        raise CannotVoid("receipt")
    back = select(Refund.id).where(Refund.payment_id == entry.payment_id, Refund.status.in_(LIVE))
    if session.execute(back).first() is not None:
        raise CannotVoid("refund")
    case = lifecycle.lock(session, entry.application_id)
    waited = {charge.purpose for charge in charges} & WAITS_FOR.keys()
    if any(charge.status != "paid" for charge in charges) or (waited and not _can_wait_again(waited, case)):
        raise CannotVoid("moved")


def _can_wait_again(waited: set[str], case: Row[Any]) -> bool:
    return waited == {"submission"} and case.status == Status.RECEIVED and case.claimed_by is None


def _case_waits_again(session: Session, now: datetime, application_id: str, charges: Sequence[Charge]) -> None:
    if any(charge.purpose in WAITS_FOR for charge in charges):
        lifecycle.apply(session, SYSTEM, now, application_id, Event.UNPAY, who=Who.SYSTEM)
    total, last = sum(charge.yen for charge in charges), min(charge.due_on for charge in charges)
    notices.queue(session, now, "fee_due", application_id, yen=total, pay_by=last.isoformat())
