"""What else happened to a charge: links, receipts, refunds, disputes, and what did not match; who did it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from payments.models import (
    Discrepancy,
    Dispute,
    PayLink,
    Payment,
    PaymentShare,
    Receipt,
    ReceiptCancellation,
    ReceiptCopy,
    Refund,
    RefundPart,
)
from procedures.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `kind` names its wording. `who` is a person's name, "" where it was nobody's deed."""

    at: datetime
    kind: str
    who: str = ""
    yen: int | None = None
    code: str = ""
    note: str = ""


def steps_of(session: Session, charge_id: str) -> list[Step]:
    """Every such step of a charge, oldest first."""
    payments = _payments(session, charge_id)
    found = [
        *_links(session, charge_id),
        *_receipts(session, charge_id),
        *_refunds(session, charge_id, payments),
        *_disputes(session, payments),
        *_troubles(session, charge_id),
    ]
    return sorted(_named(session, found), key=lambda step: step.at)


def _payments(session: Session, charge_id: str) -> Sequence[str]:
    shared = select(PaymentShare.payment_id).where(PaymentShare.charge_id == charge_id)
    query = select(Payment.id).where(or_(Payment.charge_id == charge_id, Payment.id.in_(shared)))
    return session.scalars(query).all()


def _links(session: Session, charge_id: str) -> Iterator[Step]:
    for link in session.scalars(select(PayLink).where(PayLink.charge_id == charge_id)):
        yield Step(link.created_at, "link_made")
        if link.revoked_at:
            yield Step(link.revoked_at, "link_revoked")


def _receipts(session: Session, charge_id: str) -> Iterator[Step]:
    receipt = session.scalars(select(Receipt).where(Receipt.charge_id == charge_id)).one_or_none()
    if receipt is None:
        return
    yield Step(receipt.reserved_at, "receipt_issued", code=receipt.number)
    copies = select(ReceiptCopy).where(ReceiptCopy.receipt_id == receipt.id, ReceiptCopy.number > 1)
    for copy in session.scalars(copies):
        yield Step(copy.asked_at, "receipt_again", code=f"{receipt.number}-{copy.number}")
    cancelled = session.get(ReceiptCancellation, receipt.id)
    if cancelled is not None:
        yield Step(cancelled.cancelled_at, "receipt_cancelled", code=receipt.number)


def _refunds(session: Session, charge_id: str, payments: Sequence[str]) -> Iterator[Step]:
    parts = select(RefundPart.refund_id).where(RefundPart.charge_id == charge_id)
    for row in session.scalars(select(Refund).where(or_(Refund.id.in_(parts), Refund.payment_id.in_(payments)))):
        code = row.provider_refund_id or ""
        yield Step(row.requested_at, "refund_requested", row.requested_by, row.yen, note=row.note)
        if row.decided_at and row.decided_by:
            kind = "refund_rejected" if row.status == "rejected" else "refund_approved"
            yield Step(row.decided_at, kind, row.decided_by, row.yen, note=row.decision or "")
        if row.sent_at:
            yield Step(row.sent_at, "refund_sent", "", row.yen, code)
        if row.confirmed_at:
            yield Step(row.confirmed_at, "refund_confirmed", row.paid_by or "", row.yen, row.slip or code)
        if row.failed_at:
            yield Step(row.failed_at, "refund_failed", "", row.yen, code)


def _disputes(session: Session, payments: Sequence[str]) -> Iterator[Step]:
    for row in session.scalars(select(Dispute).where(Dispute.payment_id.in_(payments))):
        yield Step(row.opened_at, "dispute_opened", "", row.yen, row.dispute_id)
        if row.closed_at:
            yield Step(row.closed_at, "dispute_closed", "", row.yen, row.dispute_id)
        if row.decided_at and row.decided_by:
            yield Step(row.decided_at, "dispute_decided", row.decided_by, row.yen, row.dispute_id)


def _troubles(session: Session, charge_id: str) -> Iterator[Step]:
    for row in session.scalars(select(Discrepancy).where(Discrepancy.charge_id == charge_id)):
        yield Step(row.found_at, "discrepancy_found", code=row.provider_object)
        if row.resolved_at:
            yield Step(row.resolved_at, "discrepancy_resolved", row.resolved_by or "", code=row.provider_object)


def _named(session: Session, steps: Sequence[Step]) -> Iterator[Step]:
    """People by their names; whose account is gone stays without."""
    ids = {step.who.removeprefix("person:") for step in steps if step.who.startswith("person:")}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).all()) if ids else {}
    for step in steps:
        who = names.get(step.who.removeprefix("person:"), "")
        yield Step(step.at, step.kind, who, step.yen, step.code, step.note)
