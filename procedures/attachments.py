"""Uploaded papers: examined by content, kept as a blob first and as a row after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures import jobs
from procedures.actors import Actor
from procedures.blobs import Blobs
from procedures.database import Database
from procedures.errors import AlreadySubmitted, FileRefused, NotFound
from procedures.models import Application, Attachment
from procedures.reading.casefile import KeptFile
from procedures.uploads.content import EXTENSIONS, examine
from procedures.uploads.forgetting import forget, sent_ids
from procedures.uploads.names import safe_name

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 100
"""Files of one case, a guard against filling the disk; each question has its own limit."""


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
    examined = examine(content, accept, max_bytes)
    key = blobs.put(examined.content)
    digest = sha256(examined.content).hexdigest()
    shown = safe_name(name, EXTENSIONS[examined.media_type])
    return Prepared(shown, examined.media_type, len(examined.content), digest, key)


def add(session: Session, actor: Actor, now: datetime, application_id: str, field_id: str, prepared: Prepared) -> str:
    """Write the row of a prepared file of one's draft; returns the attachment's id (what the answer lists).

    `field_id` is `Field.path`. Raises `NotFound`, `AlreadySubmitted`, `FileRefused` when the case has too many files.
    """
    _own_draft(session, actor, application_id)
    count = select(func.count()).select_from(Attachment).where(Attachment.application_id == application_id)
    if session.execute(count).scalar_one() >= MAX_FILES:
        raise FileRefused("notices.file_too_many", count=MAX_FILES)
    row = Attachment(
        application_id=application_id,
        field_id=field_id,
        name=prepared.name,
        media_type=prepared.media_type,
        size=prepared.size,
        sha256=prepared.sha256,
        blob_key=prepared.blob_key,
        uploaded_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def of_field(session: Session, actor: Actor, application_id: str, field_id: str) -> list[KeptFile]:
    """The files of one question of one's case, oldest first."""
    query = (
        select(Attachment)
        .join(Application, Application.id == Attachment.application_id)
        .where(
            Attachment.application_id == application_id,
            Attachment.field_id == field_id,
            Application.owner == actor.owner_key,
        )
        .order_by(Attachment.uploaded_at, Attachment.id)
    )
    return [
        KeptFile(row.id, row.field_id, row.name, row.media_type, row.size, row.sha256)
        for row in session.execute(query).scalars()
    ]


def remove(session: Session, actor: Actor, now: datetime, application_id: str, attachment_id: str) -> None:
    """Take a file off one's draft; a job erases its bytes after the commit. Raises `NotFound`, `AlreadySubmitted`."""
    _own_draft(session, actor, application_id)
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
    return Opened(row.name, row.media_type, row.size, blobs.open(row.blob_key))


def delete_handler(blobs: Blobs) -> jobs.Handler:
    """The handler of `blob.delete` jobs: erases the bytes of files that nobody keeps any more."""

    def delete(_database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        for key in job.payload["keys"]:
            blobs.delete(key)

    return delete


def _may_see(session: Session, actor: Actor, case: Application, attachment_id: str) -> bool:
    if case.owner == actor.owner_key:
        return True
    examines = actor.serves("clerk", case.office) or actor.serves("approver", case.office)
    return case.round > 0 and examines and attachment_id in sent_ids(session, case.id)


def _own_draft(session: Session, actor: Actor, application_id: str) -> None:
    """The case's row is locked, so that nothing is added to or taken from a case that is just being submitted."""
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
