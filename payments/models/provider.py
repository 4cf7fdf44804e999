"""What the provider told and did: webhooks that arrived, money that it took, movements of its balance."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, new_id


class ProviderEvent(Base):
    """The inbox of webhooks; one row for each event, however often it is sent.

    The payload is not kept: it holds personal data and proves nothing that is not asked for again.
    """

    __tablename__ = "provider_event"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        Index("ix_provider_event_checkout", "checkout_session_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str]
    event_id: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[str]
    checkout_session_id: Mapped[str | None]
    created_at: Mapped[datetime]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class Payment(Base):
    """Money that the provider took, once.

    `state` is settled (it paid its charges), suspense (a person decides), or voided (entered at a counter by mistake).
    Authorised, captured and available are kept apart. `charge_id` is the first charge that it was meant for, None when
    no charge of ours is named; what each charge got of settled money stands in `payment_share`.
    """

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("provider", "payment_id"),
        Index("ix_payment_charge_id", "charge_id"),
        Index("ix_payment_captured_at", "captured_at"),
        Index("ix_payment_provider_charge_id", "provider_charge_id"),
        Index("ix_payment_session_id", "session_id"),
        Index("ix_payment_transaction_id", "transaction_id"),
        Index("ix_payment_available_at", "available_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    provider: Mapped[str]
    payment_id: Mapped[str]
    provider_charge_id: Mapped[str]
    session_id: Mapped[str]
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charge.id"))
    state: Mapped[str]
    method: Mapped[str]
    yen: Mapped[int]
    currency: Mapped[str]
    authorised_at: Mapped[datetime]
    captured_at: Mapped[datetime]
    available_at: Mapped[datetime | None]
    transaction_id: Mapped[str | None]
    fee_yen: Mapped[int | None]
    recorded_at: Mapped[datetime]


class PaymentShare(Base):
    """What a charge got of settled money; the shares of a payment add up to its yen. Never changed."""

    __tablename__ = "payment_share"
    __table_args__ = (CheckConstraint("yen > 0", name="positive"), Index("ix_payment_share_charge_id", "charge_id"))

    payment_id: Mapped[str] = mapped_column(ForeignKey("payment.id"), primary_key=True)
    charge_id: Mapped[str] = mapped_column(ForeignKey("charge.id"), primary_key=True)
    yen: Mapped[int]


class ProviderTransaction(Base):
    """One movement of the balance at the provider, as imported; never changed. `yen` is gross, `day` is in Tokyo."""

    __tablename__ = "provider_transaction"
    __table_args__ = (
        Index("ix_provider_transaction_day", "day"),
        Index("ix_provider_transaction_payment_id", "payment_id"),
    )

    provider: Mapped[str] = mapped_column(primary_key=True)
    transaction_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    source_id: Mapped[str | None]
    payment_id: Mapped[str | None]
    yen: Mapped[int]
    fee_yen: Mapped[int]
    currency: Mapped[str]
    method: Mapped[str | None]
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    day: Mapped[date]
    imported_at: Mapped[datetime]


class ProviderImport(Base):
    """How far the provider's transactions are known."""

    __tablename__ = "provider_import"

    provider: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
