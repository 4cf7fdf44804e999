"""Charges that end unpaid: lapsed after their day, or cancelled with a withdrawn case."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Who
from payments.checkouts import attempts
from payments.checkouts.resolving import resolve
from payments.ledger import carry_over, reverse
from payments.models import Charge
from payments.providers import Provider, ProviderRefused
from payments.settlement import record
from payments.settlement.judging import WAITS_FOR
from procedures import jobs, lifecycle
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.days import tokyo_day

GRACE = timedelta(hours=1)
"""How long after the last day we wait for a payment that was made in its last minutes."""


def lapse_overdue(database: Database, provider: Provider, now: datetime) -> int:
    """End every charge that a case waits for and whose day is over; answers how many lapsed. Outside any transaction.

    The provider is asked first: its pay page is closed, and what was paid until then is settled. A charge through
    which money may still come stays for the next run. Raises `ProviderUnavailable`; what was done until then stays.
    """
    with database.read() as session:
        overdue = session.scalars(
            select(Charge.id)
            .where(Charge.status == "demanded", Charge.due_at <= now - GRACE, Charge.purpose.in_(WAITS_FOR))
            .order_by(Charge.due_at)
        ).all()
    return sum(_lapse(database, provider, now, charge_id) for charge_id in overdue)


def _lapse(database: Database, provider: Provider, now: datetime, charge_id: str) -> bool:
    with database.read() as session:
        alive = attempts.alive(session, [charge_id])
    for attempt in alive:
        session_id = resolve(database, provider, now, attempt)
        if session_id is not None:
            with suppress(ProviderRefused):  # in the middle of being paid: the next run knows more
                _record(database, provider, now, session_id)
    with database.write() as session:
        charge = attempts.lock_charge(session, charge_id)
        if charge.status != "demanded" or attempts.alive(session, [charge_id]):
            return False
        case = charge.application_id
        if lifecycle.lock(session, case).status != WAITS_FOR[charge.purpose]:
            _end(session, now, charge, "cancelled")  # the case went another way meanwhile
            return False
        _end(session, now, charge, "lapsed")
        withdraw_charges(session, now, case)
        lifecycle.apply(session, SYSTEM, now, case, Event.LAPSE, who=Who.SYSTEM, expected=WAITS_FOR[charge.purpose])
    return True


def _record(database: Database, provider: Provider, now: datetime, session_id: str) -> None:
    state = provider.close_checkout(session_id)
    with database.write() as session:
        record(session, provider.name, now, state)


def withdraw_charges(session: Session, now: datetime, application_id: str) -> None:
    """Cancel what the case still owes, because it has ended; jobs close its pay pages after the commit."""
    owed = session.scalars(
        select(Charge.id).where(Charge.application_id == application_id, Charge.status == "demanded")
    ).all()
    for charge_id in owed:
        cancel(session, now, attempts.lock_charge(session, charge_id))


def cancel(session: Session, now: datetime, charge: Charge) -> None:
    """A locked charge is owed no longer; jobs close its pay pages after the commit."""
    _end(session, now, charge, "cancelled")
    for attempt in attempts.alive(session, [charge.id]):
        if attempt.session_id is not None:
            payload = {"checkout": attempt.session_id}
            jobs.enqueue(session, now, "payment.close", payload, key=f"close:{attempt.session_id}")


def _end(session: Session, now: datetime, charge: Charge, status: str) -> None:
    kind = {"lapsed": "lapse", "cancelled": "cancel"}[status]
    today = tokyo_day(now)
    year = carry_over(session, now, charge.id, charge.fiscal_year, today)
    reverse(session, now, kind, f"demand:{charge.id}", day=today, fiscal_year=year)
    charge.status, charge.ended_at = status, now
    session.flush()
