"""Submissions are as they were frozen; files and certificates are as they were kept."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.blobs import BlobMissing, Blobs
from procedures.checks.finding import Finding, found
from procedures.keeping.erasing import NOBODY
from procedures.keyring.live import current
from procedures.models import Application, Attachment, Certificate, Letter, Submission
from procedures.storing.chunks import in_chunks
from procedures.submitting.freezing import content_hash

_PIECE = 1024 * 1024


def submissions(session: Session) -> Iterator[Finding]:
    """Every submitted case has its submission, and the submission still has its hash."""
    table = Submission.__table__
    for some in in_chunks(session.scalars(select(table.c.application_id).distinct()).all()):
        current().meet(some)
        for row in session.execute(select(table).where(table.c.application_id.in_(some))).mappings():
            if content_hash(row) != row["content_hash"]:
                yield found("submission_changed", row["application_id"])
    there = select(Submission.round).where(
        Submission.application_id == Application.id, Submission.round == Application.round
    )
    missing = select(Application.id).where(Application.round > 0, Application.owner != NOBODY, ~there.exists())
    for application_id in session.execute(missing).scalars():
        yield found("submission_missing", application_id)


def attachments(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every kept file has its bytes, and what is frozen in a submission is still kept."""
    rows = session.execute(select(Attachment.id, Attachment.blob_key, Attachment.blob_secret, Attachment.sha256)).all()
    for row in rows:
        yield from _compare(blobs, "file", row)
    kept = {row.id: row.sha256 for row in rows}
    for files in session.execute(select(Submission.attachments)).scalars():
        for file in files:
            if kept.get(file["id"]) != file["sha256"]:
                yield found("file_missing", file["id"])


def certificates(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every issued certificate has its bytes."""
    query = select(Certificate.id, Certificate.blob_key, Certificate.blob_secret, Certificate.sha256)
    for row in session.execute(query.where(Certificate.issued_at.is_not(None))):
        yield from _compare(blobs, "certificate", row)


def given_letters(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every letter that was made has its bytes."""
    query = select(Letter.id, Letter.blob_key, Letter.blob_secret, Letter.sha256)
    for row in session.execute(query.where(Letter.issued_at.is_not(None))):
        yield from _compare(blobs, "letter", row)


def _compare(blobs: Blobs, what: str, row: Any) -> Iterator[Finding]:
    digest = sha256()
    try:
        with blobs.open(row.blob_key, row.blob_secret) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except BlobMissing:
        yield found(f"{what}_missing", row.id)
        return
    if digest.hexdigest() != row.sha256:
        yield found(f"{what}_changed", row.id)
