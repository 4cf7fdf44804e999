"""People who sign in, what staff may do, and browser sessions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Whose, new_id
from procedures.models.sealed import SealedJson


class Person(Base):
    """Somebody as an issuer knows them; `assurance` is how sure the issuer was at the last sign-in."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="ja", server_default="ja")
    assurance: Mapped[str] = mapped_column(default="basic", server_default="basic")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class PersonClaim(Base):
    """What an issuer vouched for about a person; written and read by `procedures.people.claims` alone."""

    __tablename__ = "person_claim"
    whose = Whose("person_id", "person:")

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    claim: Mapped[str] = mapped_column(primary_key=True)
    issuer: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(SealedJson("person_claim.value"))
    assurance: Mapped[str]
    at: Mapped[datetime]


class Office(Base):
    """An office: what people call it, and where mail about what runs late goes."""

    __tablename__ = "office"

    id: Mapped[str] = mapped_column(primary_key=True)
    name_ja: Mapped[str]
    name_en: Mapped[str]
    name_kana: Mapped[str | None]
    email: Mapped[str | None]


class StaffRole(Base):
    """A role of a person in an office (`procedures.people.roles` names them); `*` is every office."""

    __tablename__ = "staff_role"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(primary_key=True)


class StaffInvitation(Base):
    """A role that waits for somebody to sign in with this mail address (small letters); `bound_to` is who did."""

    __tablename__ = "staff_invitation"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]
    office: Mapped[str] = mapped_column(index=True)
    invited_by: Mapped[str]
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    bound_to: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class WebSession(Base):
    """A browser's session; only the hash of its cookie is stored. `device` is what kind it is, never more than that.

    `seen_at` is when it was last used, to some minutes.
    """

    __tablename__ = "web_session"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[str] = mapped_column(default="|", server_default="|")
    data: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
