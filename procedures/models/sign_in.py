"""What signing in without an issuer needs: passkeys, challenges that are open, links sent by mail."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, new_id


class Passkey(Base):
    """A passkey of a person (WebAuthn Level 3). `level` is that of the sign-in under which it was added, by `means`.

    `credential` and `public_key` (COSE) are base64url; `counter` is the signature counter of the last use.
    """

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    credential: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    counter: Mapped[int]
    name: Mapped[str]
    level: Mapped[str]
    means: Mapped[str]
    added_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Challenge(Base):
    """A challenge that a passkey has to sign; gone once it was answered. Only its hash is stored."""

    __tablename__ = "sign_in_challenge"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class MailLink(Base):
    """A link to sign in, sent to `address`. Not its secret: that follows from `id` and the site's secret.

    `browser` is the hash of the cookie of the browser that asked; `source` is a keyed hash of where it asked from.
    """

    __tablename__ = "mail_link"
    __table_args__ = (
        Index("ix_mail_link_address", "address", "asked_at"),
        Index("ix_mail_link_source", "source", "asked_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    address: Mapped[str]
    browser: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    then: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int]
    used_at: Mapped[datetime | None]
