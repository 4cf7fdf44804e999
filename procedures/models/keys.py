"""Data keys, wrapped; and which cases were erased."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base


class CaseKey(Base):
    """The data key of one `holder`: an application's id, or `Actor.owner_key` of whoever keeps a profile.

    `wrapped` is the key under the master key `master` of the ring (`procedures.keyring`). Deleting the row erases all
    that was sealed under it, wherever copies of that lie; so backups keep these rows apart, and only the newest.
    """

    __tablename__ = "case_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(unique=True)
    master: Mapped[str] = mapped_column(index=True)
    wrapped: Mapped[str]


class Erased(Base):
    """That a case was erased, and by which rule: what is left of it. `holder` as in `case_key`."""

    __tablename__ = "erased"

    holder: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    at: Mapped[datetime]


class Sealing(Base):
    """Whether what is written is sealed: not yet while a version that cannot read it may still be running. One row.

    `done`: nothing plain is left of what was written before.
    """

    __tablename__ = "sealing"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begun: Mapped[bool]
    done: Mapped[bool]
