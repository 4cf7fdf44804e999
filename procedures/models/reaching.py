"""How people want to be reached, and the codes by which they prove that a telephone number is theirs."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Whose, new_id
from procedures.models.sealed import SealedText


class Contact(Base):
    """A confirmed address of a person in one channel. The latest `preferred_at` is their choice; none means mail.

    `broken_at` and `trouble` say since when and why nothing reaches it.
    """

    __tablename__ = "contact"
    whose = Whose("person_id", "person:")
    __table_args__ = (Index("ix_contact_broken_at", "broken_at"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(SealedText("contact.address"))
    confirmed_at: Mapped[datetime]
    preferred_at: Mapped[datetime | None]
    broken_at: Mapped[datetime | None]
    trouble: Mapped[str | None]


class ContactCode(Base):
    """A code that was sent to an address to prove it. Not the code: it follows from `id` and the site's secret."""

    __tablename__ = "contact_code"
    __table_args__ = (
        Index("ix_contact_code_person_id", "person_id", "sent_at"),
        Index("ix_contact_code_address", "address", "sent_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    address: Mapped[str]
    sent_at: Mapped[datetime]
    tries: Mapped[int]
    used_at: Mapped[datetime | None]
