"""Proposals of clerks and decisions of approvers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Whose, new_id
from procedures.models.sealed import SealedJson, SealedText

_OPEN = text("state = 'open'")


class Proposal(Base):
    """What is proposed (起案). At most one is open in a case; `state` is open, sent_back or decided.

    `outcome` is approve, partly, refuse, or of what was decided before: revoke, reopen. `granted` says what a partial
    approval grants, `hearing` how the holder was heard before a revocation (行政手続法第13条). `stage` is where in the
    review it lies; null where only one person is left to decide. `role` is who works on it there, `asked` the one of
    them to whom it came by itself (null: it waits for all of them).
    """

    __tablename__ = "proposal"
    __table_args__ = (
        Index("uq_proposal_open", "application_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_proposal_application_id", "application_id", "proposed_at"),
        Index("ix_proposal_asked", "asked", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    outcome: Mapped[str]
    reason_codes: Mapped[list[str]] = mapped_column(JsonText)
    text: Mapped[str] = mapped_column(SealedText("proposal.text"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    state: Mapped[str]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    closing_note: Mapped[str | None] = mapped_column(SealedText("proposal.closing_note"))
    granted: Mapped[str | None] = mapped_column(SealedText("proposal.granted"))
    hearing: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("proposal.hearing"))
    stage: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="approver", server_default="approver")
    asked: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None]


class Endorsement(Base):
    """Somebody passed a proposal at a stage of its route (回議); `undone_at` is set when it went back there."""

    __tablename__ = "endorsement"
    whose = Whose("proposal_id", via="proposal")
    __table_args__ = (Index("ix_endorsement_proposal_id", "proposal_id", "at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    stage: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    stood_in_for: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str | None] = mapped_column(SealedText("endorsement.note"))


class Decision(Base):
    """What was decided (決裁); one a turn, append-only. `reasons` and `appeal` are frozen as they were told.

    `round` is the submission that was decided on, `turn` counts the decisions of the case. `stood_in_for` is in whose
    place somebody decided (代決); `contents` are the hashes of what was decided to be issued, by paper.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("application_id", "turn"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    outcome: Mapped[str]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    text: Mapped[str] = mapped_column(SealedText("decision.text"))
    appeal: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    granted: Mapped[str | None] = mapped_column(SealedText("decision.granted"))
    hearing: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("decision.hearing"))
    stood_in_for: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    contents: Mapped[dict[str, str] | None] = mapped_column(JsonText)


class Deputy(Base):
    """Who decides in the place of whom (代決), from and until which day (Tokyo), in `office` (`*` is every one).

    `stages` are ids of stages; empty for all of them.
    """

    __tablename__ = "deputy"
    __table_args__ = (Index("ix_deputy_deputy", "deputy", "until_on"), Index("ix_deputy_absent", "absent", "until_on"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    absent: Mapped[str] = mapped_column(ForeignKey("person.id"))
    deputy: Mapped[str] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str]
    stages: Mapped[list[str]] = mapped_column(JsonText)
    from_on: Mapped[date]
    until_on: Mapped[date]
    named_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LaterLook(Base):
    """The absent one has seen what was done in their place (後閲); `id` is the endorsement's or decision's."""

    __tablename__ = "later_look"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Letter(Base):
    """The letter of a decision; its number is reserved first, `blob_key` … `issued_at` follow with the sealed PDF."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_application_id", "application_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    decision_id: Mapped[str] = mapped_column(ForeignKey("decision.id"), unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    issued_on: Mapped[date]
    reserved_at: Mapped[datetime]
    blob_key: Mapped[str | None] = mapped_column(unique=True)
    sha256: Mapped[str | None]
    size: Mapped[int | None]
    issued_at: Mapped[datetime | None]
    blob_secret: Mapped[str | None] = mapped_column(SealedText("letter.blob_secret"))
