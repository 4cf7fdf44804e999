"""What a draft needs to be gone on with: text that is no answer yet, and a code that opens it on another device."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base
from procedures.models.sealed import SealedJson


class Unfinished(Base):
    """What somebody typed into one page of a draft and has not sent: never an answer, never priced, never submitted.

    `page` is the page's address below the draft; `seen` the digest of what was saved of that page when this was typed;
    `version` rises with every change, so that two windows never overwrite each other.
    """

    __tablename__ = "unfinished"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    seen: Mapped[str]
    version: Mapped[int]
    texts: Mapped[dict[str, Any]] = mapped_column(SealedJson("unfinished.texts"))
    kept_at: Mapped[datetime]


class ResumeCode(Base):
    """The code that opens a draft on another device; one at a time. Only its hash is stored.

    `mailed` and `opened` count.
    """

    __tablename__ = "resume_code"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    mailed: Mapped[int]
    opened: Mapped[int]
    opened_at: Mapped[datetime | None]


class Tries(Base):
    """How often something was tried since `began`, by a keyed hash of who tries."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(primary_key=True)
    began: Mapped[datetime]
    count: Mapped[int]
