"""What cases are found by, and the views of the queue that people keep."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, new_id

Folded = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared sign by sign on both databases, so that a range of them in an index is what begins with a word."""


class SearchTerm(Base):
    """One term of a submitted case, keyed (`procedures.searching.keyed`); gone with the case.

    Written by `procedures.searching` alone. `kind` is the path of the field that says it, `reference`, or `applicant`
    for who signed in to submit. `office` and `submitted_at` are those of the case: the newest of an office with a
    common name are found without a look at all.
    """

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_term", "term", "office", "submitted_at", "application_id"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(Folded, primary_key=True)
    office: Mapped[str | None]
    submitted_at: Mapped[datetime | None]


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
