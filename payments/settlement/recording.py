"""Recording what the provider knows of a checkout: the one place where money becomes a payment."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.digits import whole
from payments.checkouts import attempts
from payments.models import Charge, Checkout, Payment, ProviderEvent
from payments.providers import CheckoutState
from payments.settlement.judging import objection, unknown
from payments.settlement.outcomes import Arrival, accept, hold
from procedures.models import Application

MOST_ATTEMPTS = 10**6
"""Nobody opens a pay page more often."""


def record(session: Session, provider: str, now: datetime, state: CheckoutState) -> None:
    """Make the books agree with what the provider just said; doing so again changes nothing.

    Locks the case, then the charges. Money that pays all its charges is posted and the case moves on; any other money
    goes to suspense as a whole, with a discrepancy. `state` comes from asking the provider, never from a webhook or a
    browser.
    """
    found = _checkout(session, provider, state)
    charges = attempts.lock_charges(session, attempts.shares_of(session, [found.id])[found.id]) if found else []
    if found is not None:
        attempts.note_state(session, now, found.id, state)
    if state.taken is not None and not _known(session, provider, state.taken.payment_id):
        _judge(session, Arrival(provider, now, state.id, state.metadata, state.taken), charges)
    events = ProviderEvent.__table__
    waiting = update(events).where(events.c.checkout_session_id == state.id, events.c.handled_at.is_(None))
    session.execute(waiting.values(handled_at=now))


def _judge(session: Session, arrival: Arrival, charges: Sequence[Charge]) -> None:
    if not charges:
        hold(session, arrival, charges, unknown(arrival.metadata))
        return
    query = select(Application.status, Application.reference).where(Application.id == charges[0].application_id)
    case = session.execute(query).one()
    why = objection(charges, case.status, case.reference, arrival.metadata, arrival.taken)
    if why is None:
        accept(session, arrival, charges)
    else:
        hold(session, arrival, charges, why)


def _checkout(session: Session, provider: str, state: CheckoutState) -> Checkout | None:
    """The attempt this checkout belongs to; by its metadata while its id was never written down (we died before)."""
    by_id = select(Checkout).where(Checkout.provider == provider, Checkout.session_id == state.id)
    found = session.execute(by_id).scalar_one_or_none()
    attempt = whole(state.metadata.get("attempt", ""), MOST_ATTEMPTS)
    if found is not None or attempt is None:
        return found
    by_metadata = select(Checkout).where(
        Checkout.provider == provider,
        Checkout.charge_id == state.metadata.get("charge", ""),
        Checkout.attempt == attempt,
        Checkout.session_id.is_(None),
    )
    return session.execute(by_metadata).scalar_one_or_none()


def _known(session: Session, provider: str, payment_id: str) -> bool:
    query = select(Payment.id).where(Payment.provider == provider, Payment.payment_id == payment_id)
    return session.execute(query).first() is not None
