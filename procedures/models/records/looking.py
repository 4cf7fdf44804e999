"""Looks of staff at personal data."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Serial


class Look(Base):
    """One look: who was shown what of which case; append-only. `hash` covers the row and `previous`.

    No foreign key to the case: who looked at it is still known when it is erased.
    """

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_application_id", "application_id", "seq"), Index("ix_look_actor", "actor", "seq"))

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    application_id: Mapped[str]
    what: Mapped[str]
    object_id: Mapped[str | None]
    previous: Mapped[str] = mapped_column(unique=True)
    hash: Mapped[str]


class LookHead(Base):
    """The end of the chain of looks; its one row is locked while looks are added."""

    __tablename__ = "look_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Serial)
    hash: Mapped[str]
