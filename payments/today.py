"""How money stands now: sums made by the database, however many charges there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from payments.closing import last_closed
from payments.closing.computing import first_day
from payments.days import end_of, start_of
from payments.models import Charge, Discrepancy, Payment, Refund
from payments.totals.entries import Total, total_of
from payments.totals.movements import moved
from payments.totals.selection import FIGURES, Selection
from procedures.days import tokyo_day
from procedures.models import Application

WAITING_REFUNDS = ("requested", "approved", "sent", "requires_action", "failed")
"""Refunds whose money has not reached the payer."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, and how much in yen."""

    count: int
    yen: int


@dataclass(frozen=True, slots=True)
class Payable:
    """What can be paid out from `day` (Tokyo) on: what was taken, and the provider's fees on it, in yen."""

    day: date
    count: int
    yen: int
    fee_yen: int

    @property
    def net_yen(self) -> int:
        """What should come to the bank."""
        return self.yen - self.fee_yen


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Today in Tokyo, and what waits. `oldest` is when the oldest unresolved discrepancy was found.

    `moved` are the day's figures, `methods` what was collected by method, `refunds` those whose money is on its way.
    `open_since` is the first day that is over and not closed, `open_days` how many there are.
    """

    moved: dict[str, Total]
    methods: dict[str, Amount]
    outstanding: Amount
    overdue: Amount
    refunds: Amount
    discrepancies: int
    oldest: datetime | None
    next_payout: Payable | None
    open_since: date | None
    open_days: int


def standing(session: Session, now: datetime) -> Standing:
    """How money stands at this moment."""
    today = tokyo_day(now)
    waiting = select(func.count(), func.min(Discrepancy.found_at)).where(Discrepancy.resolved_at.is_(None))
    discrepancies, oldest = session.execute(waiting).one()
    open_since, open_days = _open_days(session, today)
    return Standing(
        moved={name: total_of(session, Selection(since=today, until=today, figure=name)) for name in FIGURES},
        methods=_methods(session, today),
        outstanding=_demanded(session),
        overdue=_demanded(session, Charge.due_at <= now),
        refunds=_refunds(session),
        discrepancies=discrepancies,
        oldest=oldest,
        next_payout=next_payout(session, now),
        open_since=open_since,
        open_days=open_days,
    )


def next_payout(session: Session, now: datetime) -> Payable | None:
    """What becomes payable next, of all that was taken and is not payable yet; None when there is nothing."""
    first = session.scalar(select(func.min(Payment.available_at)).where(Payment.available_at > now))
    if first is None:
        return None
    day = tokyo_day(first)
    fees = func.coalesce(func.sum(func.coalesce(Payment.fee_yen, 0)), 0)
    query = select(func.count(), func.coalesce(func.sum(Payment.yen), 0), fees)
    count, yen, fee = session.execute(query.where(*payable_on(now, day))).one()
    return Payable(day, count, int(yen), int(fee))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayablePayment:
    """A payment that becomes payable; what it paid is None where it paid nothing of ours."""

    payment_id: str
    charge_id: str | None
    application_id: str | None
    reference: str | None
    captured_at: datetime
    method: str
    yen: int
    fee_yen: int


def payments_payable(session: Session, now: datetime, day: date, limit: int) -> list[PayablePayment]:
    """The payments that become payable on a day of Tokyo, the first `limit` of them in the order they were paid."""
    fee = func.coalesce(Payment.fee_yen, 0).label("fee_yen")
    columns = (Payment.payment_id, Payment.charge_id, Payment.captured_at, Payment.method, Payment.yen, fee)
    query = (
        select(*columns, Charge.application_id, Application.reference)
        .outerjoin(Charge, Charge.id == Payment.charge_id)
        .outerjoin(Application, Application.id == Charge.application_id)
        .where(*payable_on(now, day))
        .order_by(Payment.captured_at, Payment.id)
        .limit(limit)
    )
    return [PayablePayment(**row._asdict()) for row in session.execute(query)]


def payable_on(now: datetime, day: date) -> tuple[ColumnElement[bool], ...]:
    """The payments that become payable on a day of Tokyo, from now on."""
    since = max(start_of(day), now)
    return (Payment.available_at >= since, Payment.available_at < end_of(day), Payment.currency == "jpy")


def _methods(session: Session, today: date) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    for (_key, method), (count, yen) in moved(session, today, today).methods.items():
        before = found.get(method, Amount(0, 0))
        found[method] = Amount(before.count + count, before.yen + yen)
    return dict(sorted(found.items()))


def _demanded(session: Session, *conditions: ColumnElement[bool]) -> Amount:
    query = select(func.count(), func.coalesce(func.sum(Charge.yen), 0)).where(Charge.status == "demanded", *conditions)
    count, yen = session.execute(query).one()
    return Amount(count, int(yen))


def _refunds(session: Session) -> Amount:
    query = select(func.count(), func.coalesce(func.sum(Refund.yen), 0)).where(Refund.status.in_(WAITING_REFUNDS))
    count, yen = session.execute(query).one()
    return Amount(count, int(yen))


def _open_days(session: Session, today: date) -> tuple[date | None, int]:
    last = last_closed(session)
    first = last + timedelta(days=1) if last else first_day(session)
    return (first, (today - first).days) if first is not None and first < today else (None, 0)
