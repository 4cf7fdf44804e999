"""How many cases a limited procedure has taken, and which."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base


class Intake(Base):
    """The places taken in one window of a procedure's limit: a period, a year, a month or a day.

    `id` is the procedure's id and the window, in words of `engine.rules.acceptance.window`.
    """

    __tablename__ = "intake"
    __table_args__ = (CheckConstraint("taken >= 0", name="counted"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    taken: Mapped[int]


class Place(Base):
    """The place that a case holds; given back when it is withdrawn, lapses or is refused."""

    __tablename__ = "place"
    __table_args__ = (Index("ix_place_intake_id", "intake_id"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    intake_id: Mapped[str] = mapped_column(ForeignKey("intake.id"))
    taken_at: Mapped[datetime]
