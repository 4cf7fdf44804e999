"""Proposals of clerks and decisions of approvers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, new_id

_OPEN = text("state = 'open'")


class Proposal(Base):
    """What a clerk proposes (起案). At most one is open in a case; `state` is open, sent_back or decided."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("uq_proposal_open", "application_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_proposal_application_id", "application_id", "proposed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    outcome: Mapped[str]
    reason_codes: Mapped[list[str]] = mapped_column(JsonText)
    text: Mapped[str]
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    state: Mapped[str]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    closing_note: Mapped[str | None]


class Decision(Base):
    """What was decided (決裁); one a round, append-only. `reasons` and `appeal` are frozen as they were told."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("application_id", "round"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    outcome: Mapped[str]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    text: Mapped[str]
    appeal: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
