"""Everything of one day that is compared, read in a handful of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from payments.days import end_of, start_of
from payments.models import Charge, LedgerEntry, LedgerPosting, Payment, ProviderTransaction
from procedures.models import Application


@dataclass(frozen=True, slots=True)
class Records:
    """The day's movements at the provider, payments, paid charges, and the yen of every posting they may need.

    `payments` are those captured on the day, `other_days` those captured on another day whose movement is of this one.
    """

    transactions: Sequence[ProviderTransaction]
    transactions_by_payment: frozenset[str]
    payments: Mapping[str, Payment]
    other_days: Mapping[str, Payment]
    paid_charges: Sequence[tuple[Charge, str | None]]
    settled: Mapping[str, int]
    postings: Mapping[str, int]
    references: Mapping[str, str | None]

    def posted(self, source: str) -> int | None:
        """The yen of the posting that an event made; None when it made none."""
        return self.postings.get(source)

    def names(self, payment: Payment) -> tuple[str | None, str | None]:
        """The charge a payment belongs to, and the reference of its case."""
        return payment.charge_id, self.references.get(payment.charge_id or "")


def gather(session: Session, day: date) -> Records:
    """Read the day."""
    since, until = start_of(day), end_of(day)
    transactions = session.scalars(
        select(ProviderTransaction).where(ProviderTransaction.day == day).order_by(ProviderTransaction.created_at)
    ).all()
    named = {row.payment_id for row in transactions if row.payment_id}
    today = (Payment.captured_at >= since) & (Payment.captured_at < until)
    payments = session.scalars(select(Payment).where(or_(today, Payment.payment_id.in_(named)))).all()
    mine = {row.payment_id: row for row in payments if since <= row.captured_at < until}
    elsewhere = select(ProviderTransaction.payment_id).where(ProviderTransaction.payment_id.in_(set(mine) - named))
    charges = session.execute(
        select(Charge, Application.reference)
        .join(Application, Application.id == Charge.application_id)
        .where(Charge.status == "paid", Charge.paid_at >= since, Charge.paid_at < until)
    ).all()
    sources = [f"receipt:{row.provider}:{row.payment_id}" for row in payments]
    sources += [f"{kind}:{row.provider}:{row.transaction_id}" for row in transactions for kind in ("fee", "payout")]
    settled = (
        select(Payment.charge_id, func.sum(Payment.yen))
        .where(Payment.state == "settled", Payment.charge_id.in_([charge.id for charge, _ in charges]))
        .group_by(Payment.charge_id)
    )
    references = (
        select(Charge.id, Application.reference)
        .join(Application, Application.id == Charge.application_id)
        .where(Charge.id.in_({row.charge_id for row in payments}))
    )
    return Records(
        transactions,
        frozenset(named | {str(found) for found in session.scalars(elsewhere)}),
        mine,
        {row.payment_id: row for row in payments if row.payment_id not in mine},
        [(charge, reference) for charge, reference in charges],
        {charge_id: int(yen) for charge_id, yen in session.execute(settled)},
        {source: int(yen) for source, yen in session.execute(_yen_of(sources))},
        dict(session.execute(references).all()),
    )


def _yen_of(sources: Sequence[str]) -> Select[tuple[str, int]]:
    return (
        select(LedgerPosting.source, func.sum(LedgerEntry.yen))
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(LedgerPosting.source.in_(sources))
        .group_by(LedgerPosting.source)
    )
