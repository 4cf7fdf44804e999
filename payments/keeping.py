"""What money keeps: cases about which something is not settled, and the payer's name until the books let it go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, literal, or_, select, update
from sqlalchemy.orm import Session

from payments.disputes.postings import CLAIMED_AGAIN, LOST, WRITTEN_OFF_KIND
from payments.models import (
    Charge,
    Discrepancy,
    Dispute,
    LedgerPosting,
    Payment,
    PaymentShare,
    Receipt,
    ReceiptCopy,
    Refund,
)
from payments.models.receipts import RECEIPT
from payments.today import WAITING_REFUNDS
from procedures import audit
from procedures.actors import SYSTEM
from procedures.blobs.leaving import delete_later
from procedures.days import fiscal_year, tokyo_day
from procedures.keeping.erasing import NOBODY
from procedures.keeping.holds import Hold
from procedures.keyring.forgetting import forget_keys
from procedures.models import Application

BOOKS_YEARS = 5
"""Fiscal years that names stay in the books after that of the charge: a claim for money, of either side, lapses after
five years (地方自治法第236条第1項)."""
FORGOTTEN = ""
"""The payer of a charge whose name is not kept any more."""


def _charges() -> Select[tuple[str]]:
    return select(Charge.id).where(Charge.application_id == Application.id).correlate(Application)


def _payments() -> Select[tuple[str]]:
    shares = select(PaymentShare.payment_id).where(PaymentShare.charge_id.in_(_charges())).correlate(Application)
    mine = or_(Payment.charge_id.in_(_charges()), Payment.id.in_(shares))
    return select(Payment.id).where(mine).correlate(Application)


def _unpaid() -> ColumnElement[bool]:
    return _charges().where(Charge.status == "demanded").exists()


def _going_back() -> ColumnElement[bool]:
    """A refund on its way, or failed with none in its place; money that was put aside for a person to decide."""
    again = select(Refund.instead_of).where(Refund.instead_of.is_not(None))
    waits = (Refund.payment_id.in_(_payments()), Refund.status.in_(WAITING_REFUNDS), Refund.id.not_in(again))
    aside = _payments().where(Payment.state == "suspense")
    return or_(select(Refund.id).where(*waits).correlate(Application).exists(), aside.exists())


def _disputed() -> ColumnElement[bool]:
    """Not closed at the bank, or lost and nobody has decided what becomes of it."""
    lost = LedgerPosting.source == literal(f"{LOST}:") + Dispute.id
    ended = or_(
        *(LedgerPosting.source == literal(f"{kind}:") + Dispute.id for kind in (WRITTEN_OFF_KIND, CLAIMED_AGAIN))
    )
    undecided = [select(LedgerPosting.id).where(one).correlate(Dispute).exists() for one in (lost, ended)]
    waits = or_(Dispute.closed_at.is_(None), undecided[0] & ~undecided[1])
    return select(Dispute.id).where(Dispute.payment_id.in_(_payments()), waits).correlate(Application).exists()


def _not_matching() -> ColumnElement[bool]:
    names = select(Payment.payment_id).where(Payment.id.in_(_payments())).correlate(Application)
    about = or_(Discrepancy.charge_id.in_(_charges()), Discrepancy.provider_object.in_(names))
    return select(Discrepancy.id).where(about, Discrepancy.resolved_at.is_(None)).correlate(Application).exists()


HOLDS = (
    Hold("charge", _unpaid),
    Hold("refund", _going_back),
    Hold("dispute", _disputed),
    Hold("discrepancy", _not_matching),
)
"""A case is kept as long as one of these holds: who owes or is owed must be known."""


def forget_names(session: Session, now: datetime, limit: int) -> int:
    """Take the payer's name off up to `limit` charges of cases that were erased, with their receipts; how many.

    The rows stay, with numbers, days and amounts. What a receipt said goes with its key: the row is never changed.
    """
    last = fiscal_year(tokyo_day(now)) - 1 - BOOKS_YEARS
    query = (
        select(Charge.id)
        .join(Application, Application.id == Charge.application_id)
        .where(Application.owner == NOBODY, Charge.fiscal_year <= last, Charge.payer != FORGOTTEN)
        .order_by(Charge.id)
        .limit(limit)
    )
    found = session.scalars(query).all()
    if not found:
        return 0
    session.execute(update(Charge.__table__).where(Charge.id.in_(found)).values(payer=FORGOTTEN))
    words = {"note": FORGOTTEN, "decision": None, "failure": None}
    of_these = select(PaymentShare.payment_id).where(PaymentShare.charge_id.in_(found))
    session.execute(update(Refund.__table__).where(Refund.payment_id.in_(of_these)).values(words))
    _forget_receipts(session, now, session.scalars(select(Receipt.id).where(Receipt.charge_id.in_(found))).all())
    audit.record(session, SYSTEM, now, "books.forget", "charge", note=str(len(found)))
    return len(found)


def _forget_receipts(session: Session, now: datetime, receipts: Sequence[str]) -> None:
    forget_keys(session, [f"{RECEIPT}{one}" for one in receipts])
    copies = ReceiptCopy.receipt_id.in_(receipts)
    blobs = session.scalars(select(ReceiptCopy.blob_key).where(copies, ReceiptCopy.blob_key.is_not(None))).all()
    session.execute(delete(ReceiptCopy.__table__).where(copies))
    delete_later(session, now, blobs)
