"""Finding what webhooks missed: every checkout that money may still come through is asked for."""

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import Session

from payments.checkouts.attempts import ALIVE, Attempt, attempts_where
from payments.checkouts.resolving import resolve
from payments.discrepancies import note
from payments.models import Checkout
from payments.providers import Provider, ProviderRefused
from payments.settlement import record
from procedures.database import Database

RECENT = timedelta(minutes=10)
"""What was asked for so lately is left alone; a person may just be paying."""
AT_ONCE = 500


def sweep(database: Database, provider: Provider, now: datetime) -> int:
    """Ask for every checkout that is alive, the longest unasked first; answers how many were asked for.

    Call it outside any transaction. Raises `ProviderUnavailable`; what was done until then stays.
    """
    with database.read() as session:
        waiting = _waiting(session, now)
    for attempt in waiting:
        _ask(database, provider, now, attempt)
    return len(waiting)


def _waiting(session: Session, now: datetime) -> list[Attempt]:
    unasked = or_(Checkout.checked_at.is_(None), Checkout.checked_at <= now - RECENT)
    old = Checkout.opened_at <= now - RECENT
    return attempts_where(session, Checkout.status.in_(ALIVE), old, unasked, limit=AT_ONCE)


def _ask(database: Database, provider: Provider, now: datetime, attempt: Attempt) -> None:
    session_id = resolve(database, provider, now, attempt)
    if session_id is None:
        return
    try:
        state = provider.checkout(session_id)
    except ProviderRefused as refused:
        with database.write() as session:
            note(session, now, "unknown_checkout", session_id, "open", str(refused), attempt.order.charge_id)
        return
    with database.write() as session:
        record(session, provider.name, now, state)
