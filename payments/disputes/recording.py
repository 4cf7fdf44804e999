"""Recording what the provider knows of a dispute: the one place where it moves on; doing so again changes nothing."""

from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from payments.discrepancies import note
from payments.disputes.holding import standing_yen
from payments.disputes.postings import post_lost, post_movement
from payments.models import Dispute, DisputeMovement, Payment, ProviderEvent, Refund
from payments.providers import DisputeState
from payments.providers.disputes import CLOSED
from payments.refunds.locking import lock_payment
from payments.refunds.rules import DECIDED
from payments.settlement.judging import CURRENCY
from procedures import audit
from procedures.actors import SYSTEM
from procedures.storing.rows import insert_new

TWICE = "disputed_after_refund"


def note_state(session: Session, provider: str, now: datetime, state: DisputeState) -> None:
    """Make the books agree with what the provider just said. The case is not changed by it.

    `state` comes from asking the provider, never from a webhook.
    """
    payment = _payment(session, provider, state)
    dispute = _row(session, provider, now, state, payment)
    before = dispute.status
    if now >= dispute.checked_at:  # answers may arrive out of order
        _take_over(session, now, dispute, state)
    if state.currency == CURRENCY:
        for movement in _unknown(session, dispute, state):
            post_movement(session, now, dispute, movement)
        _judge(session, now, dispute, payment)
        if payment is not None:
            _compare_refunds(session, now, dispute, payment)
    if payment is None:
        note(session, now, "dispute_unknown", state.id, "-", str(state.payment_id), None)
    if dispute.status != before:
        audit.record(session, SYSTEM, now, f"dispute.{dispute.status}", dispute.id)
    events = ProviderEvent.__table__
    mine = (events.c.provider == provider) & (events.c.object_id == state.id) & events.c.handled_at.is_(None)
    session.execute(update(events).where(mine).values(handled_at=now))


def dispute_key(provider: str, dispute_id: str) -> str:
    """Our id of a dispute: it follows from the provider's, so that there is one row whoever is first."""
    return f"{provider}-{dispute_id}"


def _payment(session: Session, provider: str, state: DisputeState) -> Payment | None:
    query = select(Payment.id).where(Payment.provider == provider, Payment.payment_id == state.payment_id)
    payment_id = session.scalar(query)
    return None if payment_id is None else lock_payment(session, payment_id)


def _row(session: Session, provider: str, now: datetime, state: DisputeState, payment: Payment | None) -> Dispute:
    """The dispute's row, locked; written now if it is new."""
    row = {
        "id": dispute_key(provider, state.id),
        "provider": provider,
        "dispute_id": state.id,
        "payment_id": payment.id if payment else None,
        "yen": state.yen,
        "currency": state.currency,
        "reason": state.reason,
        "status": state.status,
        "opened_at": state.created_at,
        "evidence_due": state.evidence_due,
        "evidence_sent": state.evidence_sent,
        "noted_at": now,
        "checked_at": now,
        "closed_at": now if state.status in CLOSED else None,
    }
    if insert_new(session, Dispute.__table__, row, unique="id"):
        audit.record(session, SYSTEM, now, "dispute.opened", row["id"])
    query = select(Dispute).where(Dispute.id == row["id"]).with_for_update()
    return session.execute(query.execution_options(populate_existing=True)).scalar_one()


def _take_over(session: Session, now: datetime, dispute: Dispute, state: DisputeState) -> None:
    dispute.status, dispute.evidence_due, dispute.evidence_sent = state.status, state.evidence_due, state.evidence_sent
    dispute.yen, dispute.reason, dispute.checked_at = state.yen, state.reason, now
    closed = state.status in CLOSED
    dispute.closed_at = (dispute.closed_at or now) if closed else None
    session.flush()


def _unknown(session: Session, dispute: Dispute, state: DisputeState) -> list[DisputeMovement]:
    """The movements that are new, kept."""
    known = set(
        session.scalars(select(DisputeMovement.transaction_id).where(DisputeMovement.provider == dispute.provider))
    )
    rows = [
        {
            "provider": dispute.provider,
            "transaction_id": one.id,
            "dispute_id": dispute.id,
            "yen": one.yen,
            "fee_yen": one.fee_yen,
            "moved_at": one.created_at,
        }
        for one in sorted(state.movements, key=lambda one: one.created_at)
        if one.id not in known
    ]
    if rows:
        session.execute(insert(DisputeMovement.__table__), rows)
    return [DisputeMovement(**row) for row in rows]


def _judge(session: Session, now: datetime, dispute: Dispute, payment: Payment | None) -> None:
    """Lost: what is gone is a loss, and a person decides what becomes of it."""
    gone = standing_yen(session, dispute.id)
    if dispute.status != "lost" or gone == 0:
        return
    if loss := post_lost(session, now, dispute, payment, gone):
        charge_id = payment.charge_id if payment else None
        note(session, now, "dispute_lost", dispute.dispute_id, str(loss), dispute.reason, charge_id)


def _compare_refunds(session: Session, now: datetime, dispute: Dispute, payment: Payment) -> None:
    """Money that was given back, or is on its way, and taken back by the payer's bank as well: a person is told."""
    given = select(func.sum(Refund.yen)).where(Refund.payment_id == payment.id, Refund.status.in_(DECIDED))
    gone = (session.scalar(given) or 0) + standing_yen(session, dispute.id)
    if standing_yen(session, dispute.id) and gone > payment.yen:
        note(session, now, TWICE, dispute.dispute_id, str(payment.yen), str(gone), payment.charge_id)
