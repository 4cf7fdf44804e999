"""Differences whose day is over: still owed and payable; the applicant is told once, and a person goes after them.

Nothing lapses: the demand stands (調定), and giving up a claim is for no machine (地方自治法第96条第1項第10号).
"""

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.checkouts import attempts
from payments.checkouts.resolving import resolve
from payments.discrepancies import note
from payments.endings import GRACE, cancel
from payments.models import Charge, Discrepancy
from payments.providers import Provider, ProviderRefused
from payments.settlement import record
from payments.settlement.judging import GONE, WAITS_FOR
from procedures import lifecycle, notices
from procedures.database import Database

KIND = "difference_overdue"


def tell_overdue(database: Database, provider: Provider, now: datetime) -> int:
    """Tell of every difference whose day is over, once; answers how many. Call it outside any transaction.

    The provider is asked first: what was paid in time is settled, and nobody is told. Raises `ProviderUnavailable`.
    """
    with database.read() as session:
        told = select(Discrepancy.id).where(Discrepancy.key == f"{KIND}:" + Charge.id).exists()
        overdue = select(Charge.id).where(Charge.status == "demanded", Charge.due_at <= now - GRACE, ~told)
        found = session.scalars(overdue.where(Charge.purpose.not_in(WAITS_FOR)).order_by(Charge.due_at)).all()
    return sum(_tell(database, provider, now, charge_id) for charge_id in found)


def _tell(database: Database, provider: Provider, now: datetime, charge_id: str) -> bool:
    with database.read() as session:
        alive = attempts.alive(session, [charge_id])
    for attempt in alive:
        session_id = resolve(database, provider, now, attempt)
        if session_id is not None:
            with suppress(ProviderRefused):  # the sweep tells a person
                state = provider.checkout(session_id)
                with database.write() as session:
                    record(session, provider.name, now, state)
    with database.write() as session:
        charge = attempts.lock_charge(session, charge_id)
        return charge.status == "demanded" and _note(session, now, charge)


def _note(session: Session, now: datetime, charge: Charge) -> bool:
    if lifecycle.lock(session, charge.application_id).status in GONE:
        cancel(session, now, charge)  # the case went another way meanwhile
        return False
    pay_by = charge.due_on.isoformat()
    if not note(session, now, KIND, charge.id, str(charge.yen), pay_by, charge.id):
        return False
    notices.queue(session, now, KIND, charge.application_id, yen=charge.yen, pay_by=pay_by)
    return True
