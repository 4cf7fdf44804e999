"""The outbox: jobs to do after a commit, and the messages that were sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, new_id
from procedures.models.sealed import SealedText


class Job(Base):
    """One thing to do. `state` is waiting, running, done or dead; `token` rises with every claim (fencing).

    `request_id` is the request that asked for it, as the logs name it.
    """

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_at"), Index("ix_job_lease", "state", "lease_until"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JsonText)
    key: Mapped[str | None] = mapped_column(unique=True)
    state: Mapped[str]
    run_at: Mapped[datetime]
    attempts: Mapped[int]
    token: Mapped[int]
    worker: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    request_id: Mapped[str | None]


class Message(Base):
    """One message that a person was sent about a case, as it was worded. The address is not kept."""

    __tablename__ = "message"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    job_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str] = mapped_column(SealedText("message.subject"))
    body: Mapped[str] = mapped_column(SealedText("message.body"))
    channel: Mapped[str]
    sent_at: Mapped[datetime]
