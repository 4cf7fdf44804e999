"""Who gets which case: offices that assign by themselves, shares of work, absences, and every move of a case."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Serial, new_id
from procedures.models.sealed import SealedText


class OfficeAssigning(Base):
    """Whether an office's cases are assigned by themselves. Its row is the lock under which they are."""

    __tablename__ = "office_assigning"

    office: Mapped[str] = mapped_column(primary_key=True)
    automatic: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class WorkShare(Base):
    """How much of the work of an office somebody gets: 100 is the rule, 50 half of it, 0 nothing by itself."""

    __tablename__ = "work_share"
    __table_args__ = (CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    office: Mapped[str] = mapped_column(primary_key=True)
    percent: Mapped[int]


class Absence(Base):
    """Somebody is away from `first` to `last` (days of Tokyo, both included); `stand_in` looks after their cases.

    `ended_at` is when it was called off; null while it counts.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("first <= last", name="order"),
        CheckConstraint("stand_in IS NULL OR stand_in <> person_id", name="another"),
        Index("ix_absence_person_id", "person_id", "last"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    stand_in: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    entered_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CaseMove(Base):
    """A case went from one pair of hands, or one office, to another; append-only.

    `kind` is automatic, assigned, taken_over, given_back, transferred or fallen (who had it left the office). `actor`
    is `Actor.key` of whoever did it, `reason` their words.
    """

    __tablename__ = "case_move"
    __table_args__ = (
        Index("ix_case_move_application_id", "application_id", "id"),
        Index("ix_case_move_to_person", "to_person", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    from_person: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    to_person: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    from_office: Mapped[str]
    to_office: Mapped[str]
    actor: Mapped[str]
    reason: Mapped[str] = mapped_column(SealedText("case_move.reason"))
