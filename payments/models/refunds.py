"""Money that is given back (還付): asked for by one person, approved by another, sent or paid by hand."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class Refund(Base):
    """Yen of one payment on their way back.

    `status` is requested, rejected, approved, sent (the provider has it), requires_action (it waits for the payer's
    bank account until `action_until`), confirmed or failed. `way` is provider (back as it was paid) or outside (a bank
    transfer by hand, confirmed with `slip`). `instead_of` is the failed refund whose place it takes. Persons are
    actors' keys; the database itself refuses that one person requests and decides.
    """

    __tablename__ = "refund"
    __table_args__ = (
        CheckConstraint("yen > 0", name="positive"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
        CheckConstraint("(status = 'requested') = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("way <> 'outside' OR status <> 'confirmed' OR slip IS NOT NULL", name="outside_with_slip"),
        UniqueConstraint("provider", "provider_refund_id"),
        UniqueConstraint("instead_of"),
        Index("ix_refund_payment_id", "payment_id"),
        Index("ix_refund_status", "status", "requested_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payment.id"))
    provider: Mapped[str]
    way: Mapped[str]
    yen: Mapped[int]
    reason: Mapped[str]
    note: Mapped[str]
    status: Mapped[str]
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None]
    provider_refund_id: Mapped[str | None]
    transaction_id: Mapped[str | None]
    back_transaction_id: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    action_until: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    checked_at: Mapped[datetime | None]
    slip: Mapped[str | None]
    paid_on: Mapped[date | None]
    paid_by: Mapped[str | None]
    instead_of: Mapped[str | None] = mapped_column(ForeignKey("refund.id"))
    discrepancy_id: Mapped[str | None] = mapped_column(ForeignKey("discrepancy.id"))


class RefundPart(Base):
    """What of a refund comes from which 歳入科目 of which charge (None: from suspense); never changed."""

    __tablename__ = "refund_part"
    __table_args__ = (
        CheckConstraint("yen > 0", name="positive"),
        Index("ix_refund_part_charge_id", "charge_id"),
    )

    refund_id: Mapped[str] = mapped_column(ForeignKey("refund.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charge.id"))
    account: Mapped[str | None]
    title: Mapped[str]
    fiscal_year: Mapped[int]
    yen: Mapped[int]
