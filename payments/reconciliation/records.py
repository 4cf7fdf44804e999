"""Everything of one day that is compared, read in a handful of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from payments.days import end_of, start_of
from payments.models import Charge, LedgerEntry, LedgerPosting, Payment, PaymentShare, ProviderTransaction
from payments.settlement.outcomes import receipt_source
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
    receipts: Mapping[str, Sequence[str]]
    postings: Mapping[str, int]
    references: Mapping[str, str | None]

    def posted(self, source: str) -> int | None:
        """The yen of the posting that an event made; None when it made none."""
        return self.postings.get(source)

    def received(self, payment: Payment) -> int | None:
        """The yen that a payment was posted with, over all its charges; None when it was not."""
        posted = [self.postings[source] for source in self.receipts[payment.id] if source in self.postings]
        return sum(posted) if posted else None

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
    receipts = _receipts(session, payments)
    sources = [source for found in receipts.values() for source in found]
    sources += [f"{kind}:{row.provider}:{row.transaction_id}" for row in transactions for kind in ("fee", "payout")]
    settled = (
        select(PaymentShare.charge_id, func.sum(PaymentShare.yen))
        .where(PaymentShare.charge_id.in_([charge.id for charge, _ in charges]))
        .group_by(PaymentShare.charge_id)
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
        receipts,
        {source: int(yen) for source, yen in session.execute(_yen_of(sources))},
        dict(session.execute(references).all()),
    )


def _receipts(session: Session, payments: Collection[Payment]) -> dict[str, list[str]]:
    """The names of the postings of every payment, by its id."""
    found = {row.id: [receipt_source(row.provider, row.payment_id)] for row in payments}
    named = {row.id: row for row in payments}
    for share in session.scalars(select(PaymentShare).where(PaymentShare.payment_id.in_(named))):
        payment = named[share.payment_id]
        if share.charge_id != payment.charge_id:
            found[payment.id].append(receipt_source(payment.provider, payment.payment_id, share.charge_id))
    return found


def _yen_of(sources: Sequence[str]) -> Select[tuple[str, int]]:
    return (
        select(LedgerPosting.source, func.sum(LedgerEntry.yen))
        .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
        .where(LedgerPosting.source.in_(sources))
        .group_by(LedgerPosting.source)
    )
