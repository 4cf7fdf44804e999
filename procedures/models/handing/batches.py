"""Batches: one thing done to many cases, and what became of it for each."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, new_id

_OPEN = text("result IS NULL")


class Batch(Base):
    """What somebody does to many cases. `state` is prepared (until it is confirmed), running, or done.

    `once` makes one batch of a form that is sent twice; `details` is what the act needs besides the case (a colleague,
    a reason, words), forgotten when it is done.
    """

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_actor_id", "actor_id", "created_at"), Index("ix_batch_created_at", "created_at"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    once: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    actor_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    details: Mapped[dict[str, Any]] = mapped_column(JsonText)
    state: Mapped[str]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class BatchItem(Base):
    """One case of a batch; `application_id` is as it was sent, and may be of no case at all.

    `seen` is what the case stood at when the batch was prepared (a proposal's id). `result` is null while it waits,
    done, or why not (`procedures.batches.results`), with `facts` for its wording.
    """

    __tablename__ = "batch_item"
    __table_args__ = (
        Index("ix_batch_item_open", "batch_id", "position", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_batch_item_application_id", "application_id"),
    )

    batch_id: Mapped[str] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[str]
    seen: Mapped[str | None]
    result: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    at: Mapped[datetime | None]
