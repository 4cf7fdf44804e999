"""What happens to cases, and whom that is told."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Serial, new_id


class CaseEvent(Base):
    """Something about a case that other systems may learn; append-only.

    `seq` is the number of its link in the audit log. Links are added under one lock that is held until the commit, so
    whoever has read up to a number has missed nothing below it.
    """

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_event", "event", "seq"),)

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    event: Mapped[str]
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    office: Mapped[str]
    procedure_id: Mapped[str]


class WebhookSubscription(Base):
    """Where a client wants to be told which events. `state` is active, paused or ended; `why` says who paused it.

    Not its secret: that follows from `secret_id` and the site's secret; `earlier_id` signs beside it until
    `earlier_until`. `failing_since` is the first failure since the last success; nothing goes before `resting_until`.
    """

    __tablename__ = "webhook_subscription"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[str] = mapped_column(ForeignKey("api_client.id"), index=True)
    url: Mapped[str]
    events: Mapped[list[str]] = mapped_column(JsonText)
    secret_id: Mapped[str]
    earlier_id: Mapped[str | None]
    earlier_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    state: Mapped[str]
    why: Mapped[str | None]
    failing_since: Mapped[datetime | None]
    resting_until: Mapped[datetime | None]


class WebhookDelivery(Base):
    """One event for one subscription. `state` is waiting, held (while paused), delivered or dead.

    `trouble` is why the last attempt failed, in a short word without anything of the other side's answer.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("subscription_id", "seq"),
        Index("ix_webhook_delivery_state", "state", "made_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    subscription_id: Mapped[str] = mapped_column(ForeignKey("webhook_subscription.id"))
    seq: Mapped[int] = mapped_column(Serial, ForeignKey("case_event.seq"))
    state: Mapped[str]
    attempts: Mapped[int]
    made_at: Mapped[datetime]
    since: Mapped[datetime]
    next_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    trouble: Mapped[str | None]
