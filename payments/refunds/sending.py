"""Sending an approved refund to the provider: once, whatever answer is lost on the way."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Charge, Checkout, Payment, Refund
from payments.providers import Provider, ProviderRefused, RefundOrder, RefundState
from payments.refunds.endings import fail
from payments.refunds.locking import lock_refund
from payments.refunds.recording import note_state
from procedures import audit, jobs
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Application


def handler(provider: Provider) -> jobs.Handler:
    """The handler of `refund.send` jobs; an unreachable provider is tried again with growing pauses."""

    def handle(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        return send(database, provider, now, job.payload["refund_id"])

    return handle


def send(database: Database, provider: Provider, now: datetime, refund_id: str) -> jobs.Finish | None:
    """Ask the provider, outside any transaction; answers what to write, None where there is nothing to send (any more).

    The provider remembers a key for a day or so, our attempts may go on for longer: so it is asked first whether it
    has this refund already, and what it refuses is looked for once more. Raises `ProviderUnavailable`.
    """
    with database.read() as session:
        order = order_of(session, refund_id)
    if order is None:
        return None
    try:
        state = _known(provider, order) or provider.create_refund(order)
    except ProviderRefused as refused:
        found = _known(provider, order)
        if found is None:
            why = str(refused)
            return lambda session: _refused(session, now, refund_id, why)
        state = found
    return lambda session: _noted(session, provider.name, now, state)


def order_of(session: Session, refund_id: str) -> RefundOrder | None:
    """What the provider is asked for; None unless the refund is approved and was not sent."""
    query = (
        select(Refund, Payment, Charge.application_id, Application.reference, Application.contact_email)
        .join(Payment, Payment.id == Refund.payment_id)
        .outerjoin(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(Refund.id == refund_id, Refund.status == "approved", Refund.way == "provider")
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    payment = found.Payment
    return RefundOrder(
        key=f"refund-{refund_id}",
        refund_id=refund_id,
        payment_id=payment.payment_id,
        charge_id=payment.charge_id,
        reference=found.reference,
        yen=found.Refund.yen,
        duplicate=found.Refund.reason == "paid_twice",
        email=found.contact_email if _paid_by_applicant(session, payment) else None,
    )


def _paid_by_applicant(session: Session, payment: Payment) -> bool:
    """Whoever paid through a link gave the provider an address of their own; the applicant's is not theirs."""
    query = select(Checkout.last_link_id).where(
        Checkout.provider == payment.provider, Checkout.session_id == payment.session_id
    )
    found = session.execute(query).one_or_none()
    return found is not None and found.last_link_id is None


def _known(provider: Provider, order: RefundOrder) -> RefundState | None:
    """The refund that the provider made of this order earlier."""
    found = provider.refunds_of(order.payment_id)
    return next((state for state in found if state.metadata.get("refund") == order.refund_id), None)


def _noted(session: Session, provider: str, now: datetime, state: RefundState) -> None:
    note_state(session, provider, now, state)


def _refused(session: Session, now: datetime, refund_id: str, why: str) -> None:
    refund, payment = lock_refund(session, refund_id)
    if refund.status != "approved" or refund.provider_refund_id is not None:
        return
    fail(session, now, refund, payment, why[:200])
    audit.record(session, SYSTEM, now, "refund.failed", refund.id)
