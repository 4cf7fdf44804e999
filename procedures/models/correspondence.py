"""Messages between an applicant and the office."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Serial
from procedures.models.sealed import SealedText

_UNSETTLED = text("settled_at IS NULL")


class CaseMessage(Base):
    """One message. The database refuses to change what was written: anything but the last two columns.

    `side` is who wrote: applicant or office; `author` is `Actor.key`. `once` makes one message of a form that is sent
    twice. `read_at` is when the other side saw it. `settled_at` is null while an applicant's message waits for the
    office: for an answer, or for a clerk's word that none is needed; what the office writes never waits.
    """

    __tablename__ = "case_message"
    __table_args__ = (
        Index("ix_case_message_application_id", "application_id", "number"),
        Index("ix_case_message_waiting", "application_id", sqlite_where=_UNSETTLED, postgresql_where=_UNSETTLED),
    )

    number: Mapped[int] = mapped_column(Serial, primary_key=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    side: Mapped[str]
    author: Mapped[str]
    text: Mapped[str] = mapped_column(SealedText("case_message.text"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(unique=True)
    read_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
