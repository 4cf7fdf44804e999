"""The two ends of money that came: it pays its charges, or it is held for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Who
from payments.checkouts import attempts
from payments.demands.quotes import read_lines, shares
from payments.discrepancies import note
from payments.ledger import SUSPENSE, Entry, carry_over, post, provider_account, receivable
from payments.models import Charge, Payment, PaymentShare
from payments.providers import Taken
from payments.settlement.judging import CURRENCY, WAITS_FOR, Objection
from procedures import jobs, lifecycle, notices
from procedures.actors import SYSTEM
from procedures.days import fiscal_year, tokyo_day
from procedures.models import new_id

KEPT = "kept"
"""The state of a payment that became sundry revenue (雑入)."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Money that came through a checkout of a provider, as the provider told `now`.

    `account` is where it stands, if that is not the provider's own account.
    """

    provider: str
    now: datetime
    session_id: str
    metadata: Mapping[str, str]
    taken: Taken
    account: str | None = None

    @property
    def debit(self) -> str:
        """The account on which it stands now."""
        return self.account or provider_account(self.provider)

    @property
    def source(self) -> str:
        """The name under which it is posted, once."""
        return receipt_source(self.provider, self.taken.payment_id)


def receipt_source(provider: str, payment_id: str, further_charge: str | None = None) -> str:
    """The name under which a payment is posted: for the first of its charges, or for a further one."""
    source = f"receipt:{provider}:{payment_id}"
    return f"{source}:{further_charge}" if further_charge else source


def applied_source(payment: Payment) -> str:
    """The name under which a payment in suspense is set against a charge (充当)."""
    return f"apply:{payment.provider}:{payment.payment_id}"


def accept(session: Session, arrival: Arrival, charges: Sequence[Charge]) -> str:
    """The charges are paid (収納), one posting each; other pay pages are closed, and the case moves on.

    Answers the payment's id.
    """
    payment_id = _keep(session, arrival, charges[0].id, "settled")
    split = [{"payment_id": payment_id, "charge_id": charge.id, "yen": charge.yen} for charge in charges]
    session.execute(insert(PaymentShare.__table__), split)
    for charge in charges:
        _pay(session, arrival, charge, None if charge is charges[0] else charge.id)
    session.flush()
    case = charges[0].application_id
    notices.queue(session, arrival.now, "receipt_ready", case, yen=arrival.taken.yen)
    close_others(session, arrival.now, [charge.id for charge in charges], besides=arrival.session_id)
    for waited in {WAITS_FOR[charge.purpose] for charge in charges if charge.purpose in WAITS_FOR}:
        lifecycle.apply(session, SYSTEM, arrival.now, case, Event.PAY, who=Who.SYSTEM, expected=waited)
    return payment_id


def _pay(session: Session, arrival: Arrival, charge: Charge, further: str | None) -> None:
    parts = shares(read_lines(charge.lines), charge.yen)
    day = tokyo_day(arrival.taken.captured_at)
    post(
        session,
        arrival.now,
        "receipt",
        receipt_source(arrival.provider, arrival.taken.payment_id, further),
        [Entry(arrival.debit, receivable(account), yen) for account, yen in parts.items()],
        day=day,
        fiscal_year=carry_over(session, arrival.now, charge.id, charge.fiscal_year, day),
        charge_id=charge.id,
    )
    charge.status, charge.paid_at, charge.method = "paid", arrival.taken.captured_at, arrival.taken.method


def hold(session: Session, arrival: Arrival, charges: Sequence[Charge], why: Objection) -> None:
    """The money is there but pays nothing: all of it to suspense, and a person decides."""
    taken = arrival.taken
    charge_id = charges[0].id if charges else None
    _keep(session, arrival, charge_id, "suspense")
    day = tokyo_day(taken.captured_at)
    if taken.currency == CURRENCY:
        post(
            session,
            arrival.now,
            "suspense",
            arrival.source,
            [Entry(provider_account(arrival.provider), SUSPENSE, taken.yen)],
            day=day,
            fiscal_year=fiscal_year(day),
            charge_id=charge_id,
        )
    note(session, arrival.now, why.kind, taken.payment_id, why.expected, why.found, charge_id)


def _keep(session: Session, arrival: Arrival, charge_id: str | None, outcome: str) -> str:
    taken = arrival.taken
    row = {
        "id": new_id(),
        "provider": arrival.provider,
        "payment_id": taken.payment_id,
        "provider_charge_id": taken.provider_charge_id,
        "session_id": arrival.session_id,
        "charge_id": charge_id,
        "state": outcome,
        "method": taken.method,
        "yen": taken.yen,
        "currency": taken.currency,
        "authorised_at": taken.authorised_at,
        "captured_at": taken.captured_at,
        "available_at": taken.available_at,
        "transaction_id": taken.transaction_id,
        "fee_yen": taken.fee_yen,
        "recorded_at": arrival.now,
    }
    session.execute(insert(Payment.__table__), row)
    return row["id"]


def close_others(session: Session, now: datetime, charge_ids: Sequence[str], *, besides: str | None = None) -> None:
    """No second payment through another pay page or konbini number of any of the charges."""
    for attempt in attempts.alive(session, charge_ids):
        if attempt.session_id not in {None, besides}:
            payload = {"checkout": attempt.session_id}
            jobs.enqueue(session, now, "payment.close", payload, key=f"close:{attempt.session_id}")
