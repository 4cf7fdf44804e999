"""Payments that the payer's bank disputes (異議): what was taken back, and what a person decided where it was lost."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class Dispute(Base):
    """One dispute, as the provider told it last.

    `status` is one of `payments.providers.disputes.DisputeStatus`. `payment_id` is None where it names no payment of
    ours. `ending` is demand_again or write_off, wanted by one person for a lost one and decided by another.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        UniqueConstraint("provider", "dispute_id"),
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
        CheckConstraint("(requested_by IS NULL) = (ending IS NULL)", name="ending_wanted_by_somebody"),
        Index("ix_dispute_payment_id", "payment_id"),
        Index("ix_dispute_status", "status", "opened_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str]
    dispute_id: Mapped[str]
    payment_id: Mapped[str | None] = mapped_column(ForeignKey("payment.id"))
    yen: Mapped[int]
    currency: Mapped[str]
    reason: Mapped[str]
    status: Mapped[str]
    opened_at: Mapped[datetime]
    evidence_due: Mapped[datetime | None]
    evidence_sent: Mapped[bool]
    noted_at: Mapped[datetime]
    checked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    ending_reason: Mapped[str | None]
    requested_by: Mapped[str | None]
    requested_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class DisputeMovement(Base):
    """A movement of the provider's balance that a dispute made, posted once; never changed.

    `yen` is below 0 where it was withdrawn, above 0 where it came back; `fee_yen` is what the provider kept for it.
    """

    __tablename__ = "dispute_movement"
    __table_args__ = (Index("ix_dispute_movement_dispute_id", "dispute_id"),)

    provider: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[str] = mapped_column(primary_key=True)
    dispute_id: Mapped[str] = mapped_column(ForeignKey("dispute.id"))
    yen: Mapped[int]
    fee_yen: Mapped[int]
    moved_at: Mapped[datetime]
