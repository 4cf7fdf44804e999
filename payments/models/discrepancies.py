"""What does not match and waits for a person (不突合), what was said about it, and how it is to be resolved."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, JsonText, Serial, new_id

OPEN = "status = 'open'"


class Discrepancy(Base):
    """One thing that does not match. `key` names it, so that it is recorded once; amounts and states as text.

    `day` is the day in Tokyo whose comparison found it, None where no comparison did. `resolution` is a reason's code.
    """

    __tablename__ = "discrepancy"
    __table_args__ = (
        Index("ix_discrepancy_open", "resolved_at", "found_at"),
        Index("ix_discrepancy_day", "day"),
        Index("ix_discrepancy_charge_id", "charge_id"),
        Index("ix_discrepancy_provider_object", "provider_object"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    charge_id: Mapped[str | None] = mapped_column(ForeignKey("charge.id"))
    provider_object: Mapped[str]
    expected: Mapped[str]
    found: Mapped[str]
    found_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    resolution: Mapped[str | None]
    day: Mapped[date | None]
    assigned_to: Mapped[str | None]
    assigned_at: Mapped[datetime | None]


class DiscrepancyNote(Base):
    """What somebody wrote about it; never changed. `author` is the actor's key."""

    __tablename__ = "discrepancy_note"
    __table_args__ = (Index("ix_discrepancy_note_discrepancy_id", "discrepancy_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    discrepancy_id: Mapped[str] = mapped_column(ForeignKey("discrepancy.id"))
    author: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]


class DiscrepancyProposal(Base):
    """How somebody wants to resolve it: a reason, a text, an action with what it needs. At most one is open.

    `status` is open, approved or rejected. The database itself refuses that one person requests and decides.
    """

    __tablename__ = "discrepancy_proposal"
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> requested_by", name="two_people"),
        CheckConstraint("(status = 'open') = (decided_by IS NULL)", name="decided_by_somebody"),
        Index("ix_discrepancy_proposal_discrepancy_id", "discrepancy_id"),
        Index(
            "uq_discrepancy_proposal_open",
            "discrepancy_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    discrepancy_id: Mapped[str] = mapped_column(ForeignKey("discrepancy.id"))
    reason: Mapped[str]
    text: Mapped[str]
    action: Mapped[str]
    parameters: Mapped[dict[str, Any]] = mapped_column(JsonText)
    status: Mapped[str]
    requested_by: Mapped[str]
    requested_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None]
    posting_id: Mapped[int | None] = mapped_column(Serial, ForeignKey("ledger_posting.id"))
