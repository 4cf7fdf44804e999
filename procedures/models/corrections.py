"""Requests for correction (補正依頼): what an applicant is asked to change, why, and what was changed so far."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Whose, new_id
from procedures.models.sealed import SealedText

_OPEN = text("state = 'open'")


class CorrectionRequest(Base):
    """One request. At most one is open in a case; `state` is open, answered, taken_back, expired, withdrawn or lapsed.

    `round` is the submission to be corrected; `due_on` the last day (Tokyo) to answer. `changes` is the applicant's
    working copy, read and written by `procedures.corrections.kept` alone, erased when the request is closed; `note` is
    what the applicant wrote to the office.
    """

    __tablename__ = "correction_request"
    __table_args__ = (
        Index("uq_correction_request_open", "application_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_correction_request_application_id", "application_id", "requested_at"),
        Index("ix_correction_request_due", "state", "due_on"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    words: Mapped[str] = mapped_column(SealedText("correction_request.words"))
    requested_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    requested_at: Mapped[datetime]
    due_on: Mapped[date]
    remind_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    state: Mapped[str]
    closed_at: Mapped[datetime | None]
    changes: Mapped[str | None] = mapped_column(SealedText("correction_request.changes"))
    changed_at: Mapped[datetime | None]
    revision: Mapped[int]
    note: Mapped[str | None] = mapped_column(SealedText("correction_request.note"))


class CorrectionItem(Base):
    """One answer that is to be changed: its place (ids, and places in lists from 0), and why."""

    __tablename__ = "correction_item"
    whose = Whose("request_id", via="correction_request")

    request_id: Mapped[str] = mapped_column(ForeignKey("correction_request.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[list[Any]] = mapped_column(JsonText)
    why: Mapped[str] = mapped_column(SealedText("correction_item.why"))


class CorrectionExtension(Base):
    """More time that a clerk granted for a request, and why; append-only. `number` counts from 1."""

    __tablename__ = "correction_extension"
    whose = Whose("request_id", via="correction_request")

    request_id: Mapped[str] = mapped_column(ForeignKey("correction_request.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_before: Mapped[date]
    due_after: Mapped[date]
    granted_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(SealedText("correction_extension.why"))
