"""Uploaded papers: examined by content, kept as a blob first and as a row after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.applications import KeptFile
from procedures.blobs import Blobs

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose bytes are kept and whose row is not yet written. `name` is safe to show."""

    name: str
    media_type: str
    size: int
    sha256: str
    blob_key: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to send: close `stream` after."""

    name: str
    media_type: str
    size: int
    stream: BinaryIO


def prepare(
    blobs: Blobs, name: str, content: bytes, accept: Sequence[str] = (), max_bytes: int = MAX_BYTES
) -> Prepared:
    """Examine and keep the bytes, outside any transaction. `accept` as in HTML (`image/*`, `application/pdf`).

    Images are re-encoded (position and device data are dropped). Raises `FileRefused(key, …)`.
    """
    raise NotImplementedError


def add(session: Session, actor: Actor, now: datetime, application_id: str, field_id: str, prepared: Prepared) -> str:
    """Write the row of a prepared file of one's draft; returns the attachment's id (what the answer lists)."""
    raise NotImplementedError


def of_field(session: Session, actor: Actor, application_id: str, field_id: str) -> list[KeptFile]:
    """The files of one question of one's case, oldest first."""
    raise NotImplementedError


def remove(session: Session, actor: Actor, now: datetime, application_id: str, attachment_id: str) -> str:
    """Take a file off one's draft; returns the blob's key, to be deleted after the commit. Raises `NotFound`."""
    raise NotImplementedError


def open_file(session: Session, blobs: Blobs, actor: Actor, application_id: str, attachment_id: str) -> Opened:
    """A file for its owner or the staff of the case's office. Raises `NotFound` for everybody else."""
    raise NotImplementedError
