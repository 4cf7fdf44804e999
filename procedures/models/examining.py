"""What staff fill in and tick off, write for themselves, and ask other offices."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Serial, new_id
from procedures.models.sealed import SealedJson, SealedText

_OPEN = text("state = 'open'")


class ExaminationEntry(Base):
    """What somebody filled in (`kind` field) or ticked (`kind` check) in a case; append-only, the newest counts.

    `value` is the answer, or true and false for a tick; null where a field was emptied. A tick counts in its `round`
    alone, a field in those that follow, too.
    """

    __tablename__ = "examination_entry"
    __table_args__ = (Index("ix_examination_entry_application_id", "application_id", "number"),)

    number: Mapped[int] = mapped_column(Serial, primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    round: Mapped[int]
    kind: Mapped[str]
    item: Mapped[str]
    value: Mapped[Any | None] = mapped_column(SealedJson("examination_entry.value"))
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class CaseNote(Base):
    """A note of the office for itself; append-only. `once` makes one note of a form that is sent twice."""

    __tablename__ = "case_note"
    __table_args__ = (Index("ix_case_note_application_id", "application_id", "number"),)

    number: Mapped[int] = mapped_column(Serial, primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    text: Mapped[str] = mapped_column(SealedText("case_note.text"))
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(unique=True)


class CaseOpinion(Base):
    """A question of the office that has the case to another (`office`), and its answer.

    `state` is open, answered or taken_back; while open, the clerks of that office may read the case. `due_on` is the
    day (Tokyo) by which an answer is asked for; `reminded_at` is when they were reminded that it had passed.
    """

    __tablename__ = "case_opinion"
    __table_args__ = (
        Index("ix_case_opinion_application_id", "application_id", "asked_at"),
        Index("ix_case_opinion_open", "office", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    office: Mapped[str]
    question: Mapped[str] = mapped_column(SealedText("case_opinion.question"))
    due_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    answer: Mapped[str | None] = mapped_column(SealedText("case_opinion.answer"))
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
