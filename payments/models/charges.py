"""A charge and the attempts to pay it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, JsonText, new_id

ACTIVE = "status = 'demanded' OR (status = 'paid' AND purpose <> 'difference')"


class Charge(Base):
    """What a case owes (調定): `status` demanded, paid, lapsed or cancelled; `due_at` ends the day `due_on` in Tokyo.

    `lines` holds the frozen quote's lines; `yen` is what is to be paid, after waivers. At most one charge of a case
    and purpose is demanded or paid; of a difference (a correction cost more), at most one is demanded.
    """

    __tablename__ = "charge"
    __table_args__ = (
        CheckConstraint("yen > 0", name="positive"),
        Index(
            "uq_charge_active",
            "application_id",
            "purpose",
            unique=True,
            sqlite_where=text(ACTIVE),
            postgresql_where=text(ACTIVE),
        ),
        Index("ix_charge_due", "status", "due_at", "yen"),
        Index("ix_charge_payer", "payer"),
        Index("ix_charge_yen", "yen"),
        Index("ix_charge_demanded_at", "demanded_at"),
        Index("ix_charge_application_id", "application_id"),
        Index("ix_charge_paid_at", "paid_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    purpose: Mapped[str]
    status: Mapped[str]
    yen: Mapped[int]
    waived_yen: Mapped[int]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    payer: Mapped[str]
    fiscal_year: Mapped[int]
    demanded_at: Mapped[datetime]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    method: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class Checkout(Base):
    """One attempt to pay: written before the provider is asked, completed with its answer.

    What it is for stands in `checkout_charge`; `charge_id` is the first of them. `attempt` counts up within the case.

    `order` is what the provider was or will be asked for, so that asking again is the same request. `status` is
    opening, open, waiting (a konbini number is out), paid or expired. `link_id` is the pay link through which it was
    begun, `last_link_id` the one of who went to its pay page last; null means the applicant.
    """

    __tablename__ = "checkout"
    __table_args__ = (
        UniqueConstraint("charge_id", "attempt"),
        UniqueConstraint("provider", "session_id"),
        Index("ix_checkout_status", "status", "opened_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    charge_id: Mapped[str] = mapped_column(ForeignKey("charge.id"))
    attempt: Mapped[int]
    provider: Mapped[str]
    session_id: Mapped[str | None]
    status: Mapped[str]
    url: Mapped[str | None]
    order: Mapped[dict[str, Any]] = mapped_column(JsonText)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    waiting_until: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    link_id: Mapped[str | None]
    last_link_id: Mapped[str | None]


class CheckoutCharge(Base):
    """One of the charges that an attempt is to pay, and its yen in it; never changed."""

    __tablename__ = "checkout_charge"
    __table_args__ = (CheckConstraint("yen > 0", name="positive"), Index("ix_checkout_charge_charge_id", "charge_id"))

    checkout_id: Mapped[str] = mapped_column(ForeignKey("checkout.id"), primary_key=True)
    charge_id: Mapped[str] = mapped_column(ForeignKey("charge.id"), primary_key=True)
    yen: Mapped[int]
