"""Receipts as pages show them, and their files for who may have them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import Charge, Receipt, ReceiptCancellation, ReceiptCopy
from payments.receipts.refunded import is_given_back, unchanged_since
from payments.receipts.sides import payer_link
from procedures.attachments import Opened
from procedures.blobs import Blobs
from procedures.errors import NotFound

HANDED_OUT = timedelta(days=1)
"""So long after it was made a copy can be fetched again, should the line break; then a new one is a re-issue."""
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class ReceiptState:
    """What a payer sees. `copy_id` is the copy to fetch now, `making` while it is being made.

    `may_ask`: whether this side may have the receipt; `number` and `addressee` are set once it was issued.
    """

    charge_id: str
    yen: int
    paid_on: datetime
    may_ask: bool
    number: str = ""
    addressee: str = ""
    issued_on: date | None = None
    cancelled: bool = False
    copies: int = 0
    copy_id: str = ""
    making: bool = False


def state_of(session: Session, now: datetime, charge_id: str, link_id: str | None) -> ReceiptState | None:
    """The receipt of a paid charge as the side sees it; None while it is not paid. The caller has checked the door."""
    charge = session.get_one(Charge, charge_id)
    if charge.status != "paid" or charge.paid_at is None:
        return None
    receipt = session.execute(select(Receipt).where(Receipt.charge_id == charge_id)).scalar_one_or_none()
    side = receipt.link_id if receipt else payer_link(session, now, charge)
    if receipt is None or side != link_id:
        back = receipt is None and is_given_back(session, charge)
        return ReceiptState(charge_id, charge.yen, charge.paid_at, side == link_id, cancelled=back)
    last = latest_copy(session, receipt.id)
    fresh = last is not None and _fresh(last, now) and unchanged_since(session, charge_id, last.asked_at)
    return ReceiptState(
        charge_id,
        charge.yen,
        charge.paid_at,
        may_ask=True,
        number=receipt.number,
        addressee=receipt.addressee,
        issued_on=receipt.issued_on,
        cancelled=is_cancelled(session, receipt.id),
        copies=last.number if last else 0,
        copy_id=last.id if fresh and last else "",
        making=last is not None and last.made_at is None,
    )


def open_copy(
    session: Session, blobs: Blobs, now: datetime, charge_id: str, link_id: str | None, copy_id: str
) -> Opened:
    """The PDF of a copy. Raises `NotFound` for another side's, one not made, one too old and one cancelled alike."""
    query = (
        select(ReceiptCopy, Receipt.number)
        .join(Receipt, Receipt.id == ReceiptCopy.receipt_id)
        .where(ReceiptCopy.id == copy_id, Receipt.charge_id == charge_id, Receipt.link_id.is_not_distinct_from(link_id))
    )
    found = session.execute(query).one_or_none()
    copy = found.ReceiptCopy if found else None
    if (
        copy is None
        or copy.made_at is None
        or now >= copy.made_at + HANDED_OUT
        or is_cancelled(session, copy.receipt_id)
    ):
        raise NotFound(copy_id)
    return Opened(f"{found.number}-{copy.number}.pdf", PDF, copy.size, blobs.open(copy.blob_key, copy.blob_secret))


def _fresh(copy: ReceiptCopy, now: datetime) -> bool:
    return copy.made_at is not None and now < copy.made_at + HANDED_OUT


def latest_copy(session: Session, receipt_id: str) -> ReceiptCopy | None:
    """The newest copy of a receipt."""
    query = select(ReceiptCopy).where(ReceiptCopy.receipt_id == receipt_id).order_by(ReceiptCopy.number.desc()).limit(1)
    return session.execute(query).scalar_one_or_none()


def is_cancelled(session: Session, receipt_id: str) -> bool:
    """Whether the receipt counts no longer."""
    return session.get(ReceiptCancellation, receipt_id) is not None
