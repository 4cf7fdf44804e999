"""The clients of the API: what they may do, how they prove it, and what they have sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, JsonText, Whose, new_id
from procedures.models.sealed import SealedJson, SealedText


class ApiClient(Base):
    """A system that may use the API. `scopes`, `offices` and `procedures` are lists of words; `*` is every one.

    `level` is the highest assurance that it may vouch for; `jwks` are the public keys by which it proves itself.
    """

    __tablename__ = "api_client"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(JsonText)
    offices: Mapped[list[str]] = mapped_column(JsonText)
    procedures: Mapped[list[str]] = mapped_column(JsonText)
    level: Mapped[str]
    jwks: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    revoked_at: Mapped[datetime | None]


class ApiSecret(Base):
    """A secret of a client; at most two are live, so that one can be exchanged for another. Only its hash is stored."""

    __tablename__ = "api_secret"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[str] = mapped_column(ForeignKey("api_client.id"), index=True)
    hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    revoked_at: Mapped[datetime | None]


class ApiToken(Base):
    """An access token, by its hash alone. `scope` are words with blanks between. A revoked one is deleted."""

    __tablename__ = "api_token"

    hash: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("api_client.id"), index=True)
    scope: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ApiProof(Base):
    """A signed proof of a client that was used: each works once. `hash` is of client and `jti`."""

    __tablename__ = "api_proof"

    hash: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class ApiUpload(Base):
    """A file that a client sent ahead of its submission, examined and cleaned; gone once it is a case's attachment.

    It lies under a key of its own until then, which goes with it.
    """

    __tablename__ = "api_upload"
    whose = Whose("id", "upload:")

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    client_id: Mapped[str] = mapped_column(ForeignKey("api_client.id"), index=True)
    procedure_id: Mapped[str]
    field_id: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText("api_upload.name"))
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    blob_key: Mapped[str] = mapped_column(unique=True)
    pages: Mapped[int | None]
    removed: Mapped[str | None]
    kept_at: Mapped[datetime] = mapped_column(index=True)
    blob_secret: Mapped[str | None] = mapped_column(SealedText("api_upload.blob_secret"))


class ReceivedSubmission(Base):
    """That a client submitted a case. `key_hash` is of client and Idempotency-Key, `body_hash` of what was sent.

    `answer` is what the client was answered, and is again when it sends the same once more. `their_reference` is the
    client's own number for it.
    """

    __tablename__ = "received_submission"

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("api_client.id"), index=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    body_hash: Mapped[str]
    answer: Mapped[dict[str, Any]] = mapped_column(SealedJson("received_submission.answer"))
    their_reference: Mapped[str | None]
    at: Mapped[datetime]
