"""Money taken at the counters of offices: each entry with its slip, and what was paid in at the bank."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class CounterEntry(Base):
    """One payment at a counter on `day` (Tokyo). A slip number is used once in an office and a day. Never changed."""

    __tablename__ = "counter_entry"
    __table_args__ = (
        CheckConstraint("yen > 0", name="positive"),
        UniqueConstraint("office", "day", "slip"),
        Index("ix_counter_entry_payment_id", "payment_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[str] = mapped_column(ForeignKey("payment.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    office: Mapped[str]
    day: Mapped[date]
    method: Mapped[str]
    slip: Mapped[str]
    yen: Mapped[int]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]


class CounterVoid(Base):
    """That an entry was a mistake: asked for by one person, agreed to by another, on the same day.

    `decided_by` is none while it waits. The database itself refuses one person in both places.
    """

    __tablename__ = "counter_void"
    __table_args__ = (CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),)

    entry_id: Mapped[str] = mapped_column(ForeignKey("counter_entry.id"), primary_key=True)
    reason: Mapped[str]
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class CounterDeposit(Base):
    """Money of a counter on its way to the bank (払込) under the bank's slip; its payout is `counter` and this id."""

    __tablename__ = "counter_deposit"
    __table_args__ = (
        CheckConstraint("yen > 0", name="positive"),
        UniqueConstraint("office", "day", "slip"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    office: Mapped[str]
    day: Mapped[date]
    method: Mapped[str]
    slip: Mapped[str]
    yen: Mapped[int]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
