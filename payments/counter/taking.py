"""Entering that a case was paid at the counter: pay pages are closed first, then the money is posted, once."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.checkouts import attempts
from payments.checkouts.resolving import resolve
from payments.counter.slips import plain
from payments.demands.reading import payable
from payments.ledger.accounts import open_accounts
from payments.models import Charge, CounterEntry
from payments.providers import Provider, ProviderRefused, Taken, counter
from payments.providers.counter import CounterMethod
from payments.repricing import has_changed, reprice
from payments.settlement import record
from payments.settlement.outcomes import Arrival, accept
from procedures import audit, lifecycle
from procedures.actors import Actor
from procedures.authority import may
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Application, new_id


class NothingOwed(Exception):
    """The case owes nothing: it was paid online meanwhile, or never owed, or its day is over. The money goes back."""


class WrongAmount(Exception):
    """What was taken is not what the case owes; `owed` is, in yen."""

    def __init__(self, owed: int) -> None:
        self.owed = owed
        super().__init__(f"{owed} yen are owed")


class SlipUsed(Exception):
    """A payment with this slip was entered in this office today."""


class StillOpen(Exception):
    """Somebody may be paying online just now: the provider does not close its pay page yet."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a cashier holds: how it was paid, how much, and the number of the slip."""

    method: CounterMethod
    yen: int
    number: str


def take(database: Database, provider: Provider, actor: Actor, now: datetime, application_id: str, slip: Slip) -> str:
    """Enter that all a case owes was paid with this slip; answers the entry's id. Call it outside any transaction.

    The pay pages that are open at the provider are closed first; what was paid through them until then is recorded, and
    the entry is refused. Where the day of payment selects the rate, today's price is owed.

    Raises `NotFound` (also for another office's case), `NothingOwed`, `WrongAmount`, `SlipUsed`, `StillOpen`,
    `BadSlip`, and `ProviderUnavailable`.
    """
    number = plain(slip.number)
    with database.read() as session:
        office_of(session, actor, application_id)
        charges = [charge.id for charge in payable(session, application_id, now)]
    _close(database, provider, now, charges)
    with database.write() as session:
        if has_changed(session, application_id, now):
            reprice(session, now, application_id)
    with database.write() as session:
        return _enter(session, actor, now, application_id, slip, number)


def office_of(session: Session, actor: Actor, application_id: str) -> str:
    """The office at whose counter the case is paid: its own. Raises `NotFound` for whom that does not concern."""
    query = select(Application.office).where(Application.id == application_id, Application.round > 0)
    office = session.scalar(query)
    if office is None or not may(actor, "counter.take", office):
        raise NotFound(application_id)
    return office


def _close(database: Database, provider: Provider, now: datetime, charges: Collection[str]) -> None:
    """Close every pay page of these charges, and record what was paid through them."""
    if not charges:
        return
    with database.read() as session:
        alive = attempts.alive(session, charges)
    for attempt in alive:
        checkout = resolve(database, provider, now, attempt)
        if checkout is None:
            continue
        with suppress(ProviderRefused):  # in the middle of being paid
            state = provider.close_checkout(checkout)
            with database.write() as session:
                record(session, provider.name, now, state)


def _enter(session: Session, actor: Actor, now: datetime, application_id: str, slip: Slip, number: str) -> str:
    lifecycle.lock(session, application_id)
    office = office_of(session, actor, application_id)
    owed = [charge.id for charge in payable(session, application_id, now)]
    if not owed:
        raise NothingOwed(application_id)
    charges = attempts.lock_charges(session, owed)
    if attempts.alive(session, owed):
        raise StillOpen(application_id)
    total = sum(charge.yen for charge in charges)
    if slip.yen != total:
        raise WrongAmount(total)
    today = tokyo_day(now)
    used = select(CounterEntry.id).where(
        CounterEntry.office == office, CounterEntry.day == today, CounterEntry.slip == number
    )
    if session.execute(used).first() is not None:
        raise SlipUsed(number)
    entry_id = new_id()
    payment_id = _accept(session, now, entry_id, office, slip, charges)
    row = {
        "id": entry_id,
        "payment_id": payment_id,
        "application_id": application_id,
        "office": office,
        "day": today,
        "method": slip.method,
        "slip": number,
        "yen": total,
        "entered_by": actor.id,
        "entered_at": now,
    }
    session.execute(insert(CounterEntry.__table__), row)
    audit.record(session, actor, now, "counter.take", application_id, note=f"{slip.method} {number} {total}")
    return entry_id


def _accept(session: Session, now: datetime, entry_id: str, office: str, slip: Slip, charges: list[Charge]) -> str:
    account = counter.account(slip.method, office)
    open_accounts(session, {account: (slip.method, None, counter.title(slip.method, office))})
    taken = Taken(
        payment_id=entry_id,
        provider_charge_id=entry_id,
        method=slip.method,
        yen=slip.yen,
        currency="jpy",
        authorised_at=now,
        captured_at=now,
        transaction_id=None,
        fee_yen=None,
        available_at=None,
    )
    return accept(session, Arrival(counter.NAME, now, entry_id, {}, taken, account), charges)
