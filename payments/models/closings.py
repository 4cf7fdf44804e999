"""The days that are closed (日計)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from procedures.models import Base, JsonText


class DayClosing(Base):
    """A sealed day of Tokyo: the database refuses to change or delete it, and to post on it or before it.

    `figures` is the sheet (日計表) as it was; `reason` why it was closed although something did not match.
    `hash` covers every other column, with `previous`, the hash of the day before.
    """

    __tablename__ = "day_closing"

    day: Mapped[date] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[str]
    reason: Mapped[str | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JsonText)
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str]


class ClosingHead(Base):
    """The last closed day and its hash; its one row is shared by who posts and locked by who closes."""

    __tablename__ = "closing_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date | None]
    hash: Mapped[str]
