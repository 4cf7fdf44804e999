"""Views of the queue that people keep."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, new_id


class SavedView(Base):
    """A filter under a name. `query` is its address; with an `office` everybody there sees it, else who saved it."""

    __tablename__ = "saved_view"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    office: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str]
    query: Mapped[str]
    saved_at: Mapped[datetime]


class FirstView(Base):
    """The view that somebody's queue opens with."""

    __tablename__ = "first_view"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    view_id: Mapped[str] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"), index=True)
