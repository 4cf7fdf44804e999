"""What cases are found by."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base

Folded = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared sign by sign on both databases, so that a range of them in an index is what begins with a word."""


class SearchTerm(Base):
    """One term of a submitted case, folded; written by `procedures.searching` alone, gone with the case.

    `kind` is the path of the field that says it, `reference`, or `applicant` for who signed in to submit.
    """

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_term", "term", "application_id"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(Folded, primary_key=True)
