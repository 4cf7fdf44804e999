"""Finding what webhooks and lost jobs missed: every refund that is approved and not final is asked for, or sent."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from payments.discrepancies import note
from payments.models import Payment, Refund
from payments.providers import Provider, ProviderRefused
from payments.refunds.recording import note_state
from payments.refunds.rules import UNDERWAY
from payments.refunds.sending import send
from procedures.database import Database

RECENT = timedelta(minutes=10)
"""What was approved or asked for so lately is left alone."""
MAY_FAIL_YET = timedelta(days=60)
"""So long a refund that went through is looked at now and then: a bank may still send it back."""
NOW_AND_THEN = timedelta(days=1)
AT_ONCE = 200


def sweep(database: Database, provider: Provider, now: datetime) -> int:
    """Ask for each, the longest unasked first; answers how many. Call it outside any transaction.

    Raises `ProviderUnavailable`; what was done until then stays.
    """
    with database.read() as session:
        waiting = _waiting(session, provider.name, now)
    for refund_id, provider_refund_id, charge_id in waiting:
        if provider_refund_id is None:
            _send(database, provider, now, refund_id)
        else:
            _ask(database, provider, now, provider_refund_id, charge_id)
    return len(waiting)


def _waiting(session: Session, provider: str, now: datetime) -> list[tuple[str, str | None, str | None]]:
    unasked = or_(Refund.checked_at.is_(None), Refund.checked_at <= now - RECENT)
    underway = Refund.status.in_(UNDERWAY) & (Refund.decided_at <= now - RECENT) & unasked
    done = (
        (Refund.status == "confirmed")
        & (Refund.confirmed_at > now - MAY_FAIL_YET)
        & (Refund.checked_at <= now - NOW_AND_THEN)
    )
    query = (
        select(Refund.id, Refund.provider_refund_id, Payment.charge_id)
        .join(Payment, Payment.id == Refund.payment_id)
        .where(Refund.provider == provider, Refund.way == "provider", or_(underway, done))
        .order_by(Refund.checked_at.nulls_first(), Refund.requested_at)
        .limit(AT_ONCE)
    )
    return [(row.id, row.provider_refund_id, row.charge_id) for row in session.execute(query)]


def _send(database: Database, provider: Provider, now: datetime, refund_id: str) -> None:
    finish = send(database, provider, now, refund_id)
    if finish is not None:
        with database.write() as session:
            finish(session)


def _ask(database: Database, provider: Provider, now: datetime, object_id: str, charge_id: str | None) -> None:
    try:
        state = provider.refund(object_id)
    except ProviderRefused as refused:
        with database.write() as session:
            note(session, now, "unknown_refund", object_id, "sent", str(refused), charge_id)
        return
    with database.write() as session:
        note_state(session, provider.name, now, state)
