"""Receipts (領収証): what each said, for ever, and the copies that were made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id
from procedures.models.base import Whose
from procedures.models.sealed import SealedJson, SealedText

RECEIPT = "receipt:"
"""Before the id of a receipt: as whose it and its copies lie, for the books outlive the case."""


class Receipt(Base):
    """The receipt of a charge: the database refuses to change or delete it. `contents` is all that stands on it.

    Once the books let the payer's name go (`payments.keeping`), its key is gone: `addressee` and `contents` are None.

    `link_id` is the link of the payer who asked for it; null where it was the applicant.
    """

    __tablename__ = "receipt"
    whose = Whose("id", RECEIPT)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    charge_id: Mapped[str] = mapped_column(ForeignKey("charge.id"), unique=True)
    link_id: Mapped[str | None] = mapped_column(ForeignKey("pay_link.id"))
    number: Mapped[str] = mapped_column(unique=True)
    addressee: Mapped[str] = mapped_column(SealedText("receipt.addressee", outlives=True))
    contents: Mapped[dict[str, Any]] = mapped_column(SealedJson("receipt.contents", outlives=True))
    issued_on: Mapped[date]
    reserved_at: Mapped[datetime]


class ReceiptCancellation(Base):
    """A receipt that counts no longer, because its money was given back."""

    __tablename__ = "receipt_cancellation"

    receipt_id: Mapped[str] = mapped_column(ForeignKey("receipt.id"), primary_key=True)
    reason: Mapped[str]
    cancelled_at: Mapped[datetime]


class ReceiptCopy(Base):
    """One PDF of a receipt: copy 1 is the original, every later one is marked 再発行. `blob_key` … follow once made."""

    __tablename__ = "receipt_copy"
    whose = Whose("receipt_id", RECEIPT)
    __table_args__ = (UniqueConstraint("receipt_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    receipt_id: Mapped[str] = mapped_column(ForeignKey("receipt.id"))
    number: Mapped[int]
    asked_at: Mapped[datetime]
    blob_key: Mapped[str | None] = mapped_column(unique=True)
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    made_at: Mapped[datetime | None]
    blob_secret: Mapped[str | None] = mapped_column(SealedText("receipt_copy.blob_secret"))
