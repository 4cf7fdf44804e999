"""Who was told of cases whose day comes, has passed, or that nobody takes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base


class Escalation(Base):
    """That `recipient` (`person:…` or `office:…`) was told of a case; `kind` is a `procedures.clock.escalating.Kind`.

    `about` is the day that it was about, `again` counts the weeks after it: each is told once.
    """

    __tablename__ = "escalation"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    recipient: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[date] = mapped_column(primary_key=True)
    again: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_at: Mapped[datetime]
