"""Uploaded papers: examined by content, kept as a blob first and as a row after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.fields.types.file import MOST_MEGABYTES, MOST_PAGES
from engine.lifecycle import Status
from procedures.actors import Actor
from procedures.authority import may
from procedures.blobs import Blobs
from procedures.errors import AlreadySubmitted, FileRefused, NotFound
from procedures.models import Application, Attachment
from procedures.reading.casefile import KeptFile
from procedures.submitting.files import describe
from procedures.uploads.content import EXTENSIONS, examine
from procedures.uploads.forgetting import forget, sent_ids
from procedures.uploads.names import safe_name
from procedures.uploads.scanning import NO_SCANNER, Scanner

MEGABYTE = 1024 * 1024
MAX_BYTES = MOST_MEGABYTES * MEGABYTE
MAX_FILES = 100
MAX_CASE_BYTES = 300 * MEGABYTE
"""Files of one case, and all they hold: a guard against filling the disk; each question has its own limit."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file whose bytes are kept and whose row is not yet written. `name` is safe to show.

    `pages` of a PDF; `removed` is what was taken out of it (`procedures.uploads.cleaned`); `blob_secret` opens the
    bytes.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    blob_key: str
    pages: int | None = None
    removed: tuple[str, ...] = ()
    blob_secret: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to send: close `stream` after."""

    name: str
    media_type: str
    size: int
    stream: BinaryIO


def prepare(
    blobs: Blobs,
    name: str,
    content: bytes,
    accept: Sequence[str] = (),
    max_bytes: int = MAX_BYTES,
    max_pages: int = MOST_PAGES,
    scanner: Scanner = NO_SCANNER,
) -> Prepared:
    """Examine and keep the bytes, outside any transaction. `accept` as in HTML (`image/*`, `application/pdf`).

    Images are re-encoded (position and device data are dropped). Raises `FileRefused(key, …)`.
    """
    kept = examine(content, accept, max_bytes, max_pages, scanner)
    key = blobs.put(kept.content)
    digest = sha256(kept.content).hexdigest()
    shown = safe_name(name, EXTENSIONS[kept.media_type])
    return Prepared(shown, kept.media_type, len(kept.content), digest, key, kept.pages, kept.removed, key.secret)


def add(session: Session, actor: Actor, now: datetime, application_id: str, field_id: str, prepared: Prepared) -> str:
    """Write the row of a prepared file of one's draft; returns the attachment's id (what the answer lists).

    `field_id` is `Field.path`; the file stands behind those that the question has. Raises `NotFound`,
    `AlreadySubmitted`, `FileRefused` when the case has too many files.
    """
    own_draft(session, actor, application_id)
    require_room(session, application_id, prepared.size)
    last = select(func.max(Attachment.position)).where(
        Attachment.application_id == application_id, Attachment.field_id == field_id
    )
    row = Attachment(
        application_id=application_id,
        field_id=field_id,
        name=prepared.name,
        media_type=prepared.media_type,
        size=prepared.size,
        sha256=prepared.sha256,
        blob_key=prepared.blob_key,
        uploaded_at=now,
        position=(session.scalar(last) or 0) + 1,
        pages=prepared.pages,
        removed=" ".join(prepared.removed) or None,
        blob_secret=prepared.blob_secret,
    )
    session.add(row)
    session.flush()
    return row.id


def require_room(session: Session, application_id: str, size: int) -> None:
    """Raises `FileRefused` when the case has no room for a file of so many bytes."""
    kept = select(func.count(), func.coalesce(func.sum(Attachment.size), 0)).where(
        Attachment.application_id == application_id
    )
    count, total = session.execute(kept).one()
    if count >= MAX_FILES:
        raise FileRefused("notices.file_too_many", count=MAX_FILES)
    if total + size > MAX_CASE_BYTES:
        raise FileRefused("uploads.case_full", megabytes=MAX_CASE_BYTES // MEGABYTE)


def arrange(
    session: Session, actor: Actor, _now: datetime, application_id: str, field_id: str, ids: Sequence[str]
) -> None:
    """Put the files `ids` of a question into this order; others stay where they are. Unknown ids are passed over.

    Raises `NotFound`, `AlreadySubmitted`.
    """
    own_draft(session, actor, application_id)
    standing = [file.id for file in of_field(session, actor, application_id, field_id)]
    moved = iter([id for id in dict.fromkeys(ids) if id in standing])
    places = set(ids)
    for position, attachment_id in enumerate(standing, 1):
        stands_here = next(moved) if attachment_id in places else attachment_id
        session.execute(update(Attachment).where(Attachment.id == stands_here).values(position=position))


def of_field(session: Session, actor: Actor, application_id: str, field_id: str) -> list[KeptFile]:
    """The files of one question of one's case, in their order."""
    query = (
        select(Attachment)
        .join(Application, Application.id == Attachment.application_id)
        .where(
            Attachment.application_id == application_id,
            Attachment.field_id == field_id,
            Application.owner == actor.owner_key,
        )
        .order_by(Attachment.position, Attachment.uploaded_at, Attachment.id)
    )
    return [KeptFile(**describe(row)) for row in session.execute(query).scalars()]


def of_case(session: Session, actor: Actor, application_id: str) -> list[KeptFile]:
    """Every file of one's case, oldest first."""
    query = (
        select(Attachment)
        .join(Application, Application.id == Attachment.application_id)
        .where(Attachment.application_id == application_id, Application.owner == actor.owner_key)
        .order_by(Attachment.uploaded_at, Attachment.id)
    )
    return [KeptFile(**describe(row)) for row in session.execute(query).scalars()]


def remove(session: Session, actor: Actor, now: datetime, application_id: str, attachment_id: str) -> None:
    """Take a file off one's draft; a job erases its bytes after the commit. Raises `NotFound`, `AlreadySubmitted`."""
    own_draft(session, actor, application_id)
    row = session.get(Attachment, attachment_id)
    if row is None or row.application_id != application_id or attachment_id in sent_ids(session, application_id):
        raise NotFound(attachment_id)
    forget(session, now, [row])


def open_file(session: Session, blobs: Blobs, actor: Actor, application_id: str, attachment_id: str) -> Opened:
    """A file for its owner, or, once submitted, for the staff of the case's office. `NotFound` for everybody else."""
    query = (
        select(Attachment, Application)
        .join(Application, Application.id == Attachment.application_id)
        .where(Attachment.id == attachment_id, Attachment.application_id == application_id)
    )
    found = session.execute(query).one_or_none()
    if found is None or not _may_see(session, actor, found.Application, attachment_id):
        raise NotFound(attachment_id)
    row = found.Attachment
    return Opened(row.name, row.media_type, row.size, blobs.open(row.blob_key, row.blob_secret))


def open_for_reading(session: Session, blobs: Blobs, application_id: str, attachment_id: str) -> Opened:
    """A submitted file for somebody of whom the caller has found out that they may read the case. Raises `NotFound`."""
    query = select(Attachment).where(Attachment.id == attachment_id, Attachment.application_id == application_id)
    row = session.execute(query).scalar_one_or_none()
    if row is None or attachment_id not in sent_ids(session, application_id):
        raise NotFound(attachment_id)
    return Opened(row.name, row.media_type, row.size, blobs.open(row.blob_key, row.blob_secret))


def _may_see(session: Session, actor: Actor, case: Application, attachment_id: str) -> bool:
    if case.owner == actor.owner_key:
        return True
    return case.round > 0 and may(actor, "case.read", case) and attachment_id in sent_ids(session, case.id)


def own_draft(session: Session, actor: Actor, application_id: str) -> None:
    """Raises `NotFound` or `AlreadySubmitted` unless the case is a draft of this actor's.

    Its row is locked, so that nothing is added to or taken from a case that is just being submitted.
    """
    query = (
        select(Application.status, Application.reference)
        .where(Application.id == application_id, Application.owner == actor.owner_key)
        .with_for_update()
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound(application_id)
    if row.status not in {Status.DRAFT, Status.CORRECTION_REQUESTED}:
        raise AlreadySubmitted(row.status, row.reference)
