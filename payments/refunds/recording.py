"""Recording what the provider knows of a refund: the one place where it moves on; doing so again changes nothing."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from payments.discrepancies import note
from payments.models import Payment, ProviderEvent, Refund
from payments.providers import RefundState
from payments.refunds import telling
from payments.refunds.endings import confirm, fail
from payments.refunds.locking import lock_refund
from payments.refunds.rules import UNDERWAY
from payments.settlement.judging import CURRENCY
from procedures import audit
from procedures.actors import SYSTEM
from procedures.days import tokyo_day


def note_state(session: Session, provider: str, now: datetime, state: RefundState) -> bool:
    """Make the books agree with what the provider just said; False for a refund that is none of ours.

    `state` comes from asking the provider, never from a webhook. Answers may arrive out of order: what is confirmed
    can only fail yet, and what failed stays so.
    """
    _handled(session, provider, now, state.id)
    refund_id = _ours(session, provider, state)
    if refund_id is None:
        return False
    refund, payment = lock_refund(session, refund_id)
    if _differs(session, now, refund, payment, state):
        return True
    if refund.provider_refund_id is None:
        refund.provider_refund_id, refund.sent_at = state.id, now
    refund.checked_at = now
    refund.transaction_id = state.transaction_id or refund.transaction_id
    refund.back_transaction_id = state.failure_transaction_id or refund.back_transaction_id
    session.flush()
    _move(session, now, refund, payment, state)
    return True


def _move(session: Session, now: datetime, refund: Refund, payment: Payment, state: RefundState) -> None:
    before = refund.status
    if state.status in {"failed", "canceled"} and before in {*UNDERWAY, "confirmed"}:
        fail(session, now, refund, payment, state.failure_reason or state.status)
    elif state.status == "succeeded" and before in UNDERWAY:
        confirm(session, SYSTEM, now, refund, payment, tokyo_day(now))
    elif state.status == "requires_action" and before in UNDERWAY:
        refund.status, refund.action_until = "requires_action", state.action_until
        telling.tell(session, now, refund, "refund_needs_account")
    elif state.status == "pending" and before in UNDERWAY:
        refund.status, refund.action_until = "sent", None
    session.flush()
    if refund.status != before:
        audit.record(session, SYSTEM, now, f"refund.{refund.status}", refund.id)


def _ours(session: Session, provider: str, state: RefundState) -> str | None:
    """The refund that it is; by its metadata while its id was never written down (we died before)."""
    by_id = select(Refund.id).where(Refund.provider == provider, Refund.provider_refund_id == state.id)
    found = session.scalar(by_id)
    if found is not None:
        return found
    by_metadata = select(Refund.id).where(
        Refund.provider == provider,
        Refund.id == state.metadata.get("refund", ""),
        Refund.provider_refund_id.is_(None),
        Refund.status == "approved",
        Refund.way == "provider",
    )
    return session.scalar(by_metadata)


def _differs(session: Session, now: datetime, refund: Refund, payment: Payment, state: RefundState) -> bool:
    """Whether the provider gives back something else than was approved: then nothing moves, and a person looks."""
    ours = f"{refund.yen} {CURRENCY} {payment.payment_id}"
    theirs = f"{state.yen} {state.currency} {state.payment_id}"
    if ours != theirs:
        note(session, now, "refund_differs", state.id, ours, theirs, payment.charge_id)
    return ours != theirs


def _handled(session: Session, provider: str, now: datetime, object_id: str) -> None:
    events = ProviderEvent.__table__
    mine = (events.c.provider == provider) & (events.c.object_id == object_id) & events.c.handled_at.is_(None)
    session.execute(update(events).where(mine).values(handled_at=now))
