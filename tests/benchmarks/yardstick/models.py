"""Tables of the yardstick: one row a person's answers, one a submission."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The declarative base."""


class Application(Base):
    """What one resident has answered so far; submitted once `reference` is set."""

    __tablename__ = "application"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str | None]
    kana: Mapped[str | None]
    postcode: Mapped[str | None]
    address: Mapped[str | None]
    born: Mapped[date | None]
    wants_copies: Mapped[str | None]
    copies: Mapped[int | None]
    purpose: Mapped[str | None]
    reference: Mapped[str | None] = mapped_column(String(16), unique=True)
    submitted_at: Mapped[datetime | None]
