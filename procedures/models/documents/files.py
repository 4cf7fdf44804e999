"""Uploaded papers; the bytes themselves lie in the blob store."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from procedures.models.base import Base, Whose, new_id
from procedures.models.sealed import SealedText


class Attachment(Base):
    """One uploaded file as it was kept (after re-encoding). `size` in bytes, `sha256` in hex of the kept bytes.

    `blob_secret` opens the bytes under `blob_key`. The files of one question stand in the order of `position`. `pages`
    are those of a PDF; `removed` says, in words with blanks between, what was taken out of it.
    """

    __tablename__ = "attachment"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    field_id: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText("attachment.name"))
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    blob_key: Mapped[str] = mapped_column(unique=True)
    uploaded_at: Mapped[datetime]
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    pages: Mapped[int | None]
    removed: Mapped[str | None]
    blob_secret: Mapped[str | None] = mapped_column(SealedText("attachment.blob_secret"))


class Upload(Base):
    """A file that is being sent piece by piece. `size` and `sha256` are of the whole as the browser announced it.

    Once whole and accepted it names its attachment, so that whoever asks again gets the same answer.
    """

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    field_id: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText("upload.name"))
    size: Mapped[int]
    sha256: Mapped[str]
    touched_at: Mapped[datetime] = mapped_column(index=True)
    attachment_id: Mapped[str | None]


class UploadPiece(Base):
    """Bytes `start` to `start + size` of an upload, kept for good before the browser is told so."""

    __tablename__ = "upload_piece"
    whose = Whose("upload_id", via="upload")

    upload_id: Mapped[str] = mapped_column(ForeignKey("upload.id"), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    blob_key: Mapped[str] = mapped_column(unique=True)
    blob_secret: Mapped[str | None] = mapped_column(SealedText("upload_piece.blob_secret"))
