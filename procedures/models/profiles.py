"""What is kept of a person with their consent, and where the answers of a draft came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Whose
from procedures.models.sealed import SealedJson, SealedText


class Profile(Base):
    """Whether somebody (`Actor.owner_key`) wants answers kept for next time; no row: nobody has asked them."""

    __tablename__ = "profile"

    owner: Mapped[str] = mapped_column(primary_key=True)
    consents: Mapped[bool]
    decided_at: Mapped[datetime]


class ProfileValue(Base):
    """One thing that is kept: the answer (JSON, as its field stores it) to a concept.

    `application_id` and `digest` (the version) say where it was typed; both are null for what was typed into the
    profile itself. They are no foreign keys: the profile outlives the case.
    """

    __tablename__ = "profile_value"
    whose = Whose("owner")

    owner: Mapped[str] = mapped_column(ForeignKey("profile.owner"), primary_key=True)
    concept: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[Any] = mapped_column(SealedJson("profile_value.answer"))
    application_id: Mapped[str | None]
    digest: Mapped[str | None]
    kept_at: Mapped[datetime]


class DraftOrigin(Base):
    """Where answers of a draft came from. It goes with the draft.

    `source_id` is the application from which it was begun, `waiting` its answers that nobody has looked at yet;
    `marks` are the sources of answers by place, each with a hash of the answer, so that they fall silent when it is
    changed.
    """

    __tablename__ = "draft_origin"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    source_id: Mapped[str | None]
    waiting: Mapped[str] = mapped_column(SealedText("draft_origin.waiting"))
    marks: Mapped[str] = mapped_column(SealedText("draft_origin.marks"))
