"""How procedures do: what people thought of them, and counts of what happened on their pages. Nothing of anybody."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, new_id


class Feedback(Base):
    """One person's three answers. `token` tells that a case has answered already and leads to no case.

    `ease` from 1 (hard) to 5 (easy); `words` lose addresses and numbers before they are kept, and go after a year.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("ease BETWEEN 1 AND 5", name="ease"),
        Index("ix_feedback_procedure_id", "procedure_id", "day"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    token: Mapped[str] = mapped_column(unique=True)
    procedure_id: Mapped[str]
    version: Mapped[date]
    day: Mapped[date]
    ease: Mapped[int]
    minutes: Mapped[int | None]
    words: Mapped[str | None]
    language: Mapped[str]


class JourneyCount(Base):
    """How often something happened on a page of a version on a day; see `procedures.insight.measures`."""

    __tablename__ = "journey_count"

    procedure_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[date] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    detail: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
