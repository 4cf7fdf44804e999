"""Reductions (減免) that were asked for: what became of each, by whom."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, new_id
from procedures.models.sealed import SealedJson, SealedText

_WAITING = text("state IN ('open', 'proposed')")
_SIGNED = "state NOT IN ('granted', 'refused') OR (percent IS NOT NULL AND decided_by IS NOT NULL)"
_TWO_PEOPLE = "people = 1 OR decided_by IS NULL OR (proposed_by IS NOT NULL AND proposed_by <> decided_by)"


class WaiverRequest(Base):
    """One reduction asked for with a submission. At most one of a case and reduction waits.

    `state` is open, proposed (where `people` is 2), granted, refused, or ended: with its case, or not asked for any
    more. `percent` is what was granted; `reasons` and `appeal` are frozen as they were told, `quote` is the price that
    came of it. `decide_by` is the day (Tokyo) that the applicant was told.
    """

    __tablename__ = "waiver_request"
    __table_args__ = (
        CheckConstraint(_SIGNED, name="signed"),
        CheckConstraint(_TWO_PEOPLE, name="two_people"),
        Index(
            "uq_waiver_request_waiting",
            "application_id",
            "waiver_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_waiver_request_application_id", "application_id", "asked_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    waiver_id: Mapped[str]
    round: Mapped[int]
    asked_at: Mapped[datetime]
    decide_by: Mapped[date]
    people: Mapped[int]
    state: Mapped[str]
    percent: Mapped[int | None]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    text: Mapped[str] = mapped_column(SealedText("waiver_request.text"))
    appeal: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(SealedText("waiver_request.note"))
    quote: Mapped[dict[str, Any] | None] = mapped_column(SealedJson("waiver_request.quote"))
