"""Payouts: what the provider sends to the bank, and the movements that each is made of."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base


class Payout(Base):
    """One payout. `yen` > 0 goes to the bank, < 0 is taken back from it; `fee_yen` the provider kept for sending it.

    `status` is the provider's word; `automatic` ones are made of the movements in `payout_item`.
    """

    __tablename__ = "payout"
    __table_args__ = (Index("ix_payout_arrives_on", "arrives_on"), Index("ix_payout_day", "day"))

    provider: Mapped[str] = mapped_column(primary_key=True)
    payout_id: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[str]
    yen: Mapped[int] = mapped_column(BigInteger)
    fee_yen: Mapped[int]
    status: Mapped[str]
    automatic: Mapped[bool]
    day: Mapped[date]
    arrives_on: Mapped[date]
    asked_at: Mapped[datetime]


class PayoutItem(Base):
    """A movement of the balance that a payout settles."""

    __tablename__ = "payout_item"
    __table_args__ = (
        ForeignKeyConstraint(["provider", "payout_id"], ["payout.provider", "payout.payout_id"]),
        Index("ix_payout_item_payout", "provider", "payout_id"),
    )

    provider: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[str] = mapped_column(primary_key=True)
    payout_id: Mapped[str]
