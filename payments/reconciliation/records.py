"""Everything of one day that is compared, read in a handful of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.days import end_of, start_of
from payments.models import Charge, LedgerEntry, LedgerPosting, Payment, PaymentShare, ProviderTransaction
from payments.reconciliation.explained import unexplained
from payments.reconciliation.kinds import CLASSES
from payments.settlement.outcomes import receipt_source
from procedures.models import Application
from procedures.storing.chunks import in_chunks


@dataclass(frozen=True, slots=True)
class PaidCharge:
    """A charge that is called paid; `reference` is its case's."""

    id: str
    yen: int
    reference: str | None


@dataclass(frozen=True, slots=True)
class Records:
    """The day's movements at the provider, payments, paid charges, and the yen of every posting they may need.

    `payments` are those captured on the day, `other_days` those captured on another day whose movement is of this one;
    `complete` are the providers whose movements are known beyond the day.
    """

    transactions: Sequence[ProviderTransaction]
    transactions_by_payment: frozenset[str]
    payments: Mapping[str, Payment]
    other_days: Mapping[str, Payment]
    paid_charges: Sequence[PaidCharge]
    settled: Mapping[str, int]
    receipts: Mapping[str, Sequence[str]]
    postings: Mapping[str, int]
    references: Mapping[str, str | None]
    complete: frozenset[str]

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


def gather(session: Session, day: date, known: Mapping[str, datetime]) -> Records:
    """Read the day; `known` is how far the movements of each provider are known."""
    since, until = start_of(day), end_of(day)
    transactions = session.scalars(
        select(ProviderTransaction).where(ProviderTransaction.day == day).order_by(ProviderTransaction.created_at)
    ).all()
    transactions = unexplained(session, transactions)
    named = {row.payment_id for row in transactions if row.payment_id}
    today = session.scalars(select(Payment).where(Payment.captured_at >= since, Payment.captured_at < until)).all()
    mine = {row.payment_id: row for row in today}
    others = _others(session, named - set(mine))
    charges = session.execute(
        select(Charge.id, Charge.yen, Application.reference)
        .join(Application, Application.id == Charge.application_id)
        .where(Charge.status == "paid", Charge.paid_at >= since, Charge.paid_at < until)
    ).all()
    receipts = _receipts(session, [*mine.values(), *others.values()])
    sources = [source for found in receipts.values() for source in found]
    sources += [_movement_source(row) for row in transactions]
    named_charges = {row.charge_id for row in (*mine.values(), *others.values()) if row.charge_id}
    return Records(
        transactions,
        frozenset(named | _moved(session, set(mine) - named)),
        mine,
        others,
        [PaidCharge(*row) for row in charges],
        _settled(session, [row.id for row in charges]),
        receipts,
        _posted(session, sources),
        {row.id: row.reference for row in charges} | _references(session, named_charges - {row.id for row in charges}),
        frozenset(provider for provider, moment in known.items() if moment >= until),
    )


def _movement_source(row: ProviderTransaction) -> str:
    """The name under which a movement is posted: the payout that it is, or its fee."""
    kind = "payout" if CLASSES.get(row.kind) in {"payout", "payout_back"} else "fee"
    return f"{kind}:{row.provider}:{row.transaction_id}"


def _others(session: Session, payments: Iterable[str]) -> dict[str, Payment]:
    """Payments of other days."""
    return {
        row.payment_id: row
        for ids in in_chunks(sorted(payments))
        for row in session.scalars(select(Payment).where(Payment.payment_id.in_(ids)))
    }


def _moved(session: Session, payments: Iterable[str]) -> set[str]:
    """Those of the payments whose movement is of another day."""
    column = ProviderTransaction.payment_id
    return {
        str(found)
        for ids in in_chunks(sorted(payments))
        for found in session.scalars(select(column).where(column.in_(ids)))
    }


def _settled(session: Session, charges: Sequence[str]) -> dict[str, int]:
    """What was settled for each charge."""
    found: dict[str, int] = {}
    for ids in in_chunks(charges):
        query = select(PaymentShare.charge_id, func.sum(PaymentShare.yen)).group_by(PaymentShare.charge_id)
        query = query.join(Payment, Payment.id == PaymentShare.payment_id).where(Payment.state != "voided")
        rows = session.execute(query.where(PaymentShare.charge_id.in_(ids)))
        found |= {charge_id: int(yen) for charge_id, yen in rows}
    return found


def _receipts(session: Session, payments: Sequence[Payment]) -> dict[str, list[str]]:
    """The names of the postings of every payment, by its id."""
    found = {row.id: [receipt_source(row.provider, row.payment_id)] for row in payments}
    named = {row.id: row for row in payments}
    for ids in in_chunks(named):
        shares = select(PaymentShare.payment_id, PaymentShare.charge_id).where(PaymentShare.payment_id.in_(ids))
        for share in session.execute(shares):
            payment = named[share.payment_id]
            if share.charge_id != payment.charge_id:
                found[payment.id].append(receipt_source(payment.provider, payment.payment_id, share.charge_id))
    return found


def _posted(session: Session, sources: Sequence[str]) -> dict[str, int]:
    """The yen of the postings that events made."""
    found: dict[str, int] = {}
    for some in in_chunks(sources):
        query = (
            select(LedgerPosting.source, func.sum(LedgerEntry.yen))
            .join(LedgerEntry, LedgerEntry.posting_id == LedgerPosting.id)
            .where(LedgerPosting.source.in_(some))
            .group_by(LedgerPosting.source)
        )
        found |= {source: int(yen) for source, yen in session.execute(query)}
    return found


def _references(session: Session, charges: Iterable[str]) -> dict[str, str | None]:
    """The reference of each charge's case."""
    found: dict[str, str | None] = {}
    for ids in in_chunks(sorted(charges)):
        query = select(Charge.id, Application.reference).join(Application, Application.id == Charge.application_id)
        found |= dict(session.execute(query.where(Charge.id.in_(ids))).all())
    return found
