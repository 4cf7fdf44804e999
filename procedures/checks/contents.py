"""Submissions are as they were frozen; files and certificates are as they were kept."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from procedures.blobs import BlobChanged, BlobMissing, Blobs
from procedures.checks.finding import Finding, found
from procedures.checks.readable import rows_of
from procedures.keeping.erasing import NOBODY
from procedures.models import Application, Attachment, Certificate, Letter, Submission
from procedures.submitting.freezing import content_hash

_PIECE = 1024 * 1024


def submissions(session: Session) -> Iterator[Finding]:
    """Every submitted case has its submission, and the submission still has its hash."""
    table = Submission.__table__
    cases = session.scalars(select(table.c.application_id).distinct()).all()
    for application_id, rows in rows_of(session, select(table), table.c.application_id, cases):
        if rows is None or any(content_hash(row) != row["content_hash"] for row in rows):
            yield found("submission_changed", application_id)
    there = select(Submission.round).where(
        Submission.application_id == Application.id, Submission.round == Application.round
    )
    missing = select(Application.id).where(Application.round > 0, Application.owner != NOBODY, ~there.exists())
    for application_id in session.execute(missing).scalars():
        yield found("submission_missing", application_id)


def attachments(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every kept file has its bytes, and what is frozen in a submission is still kept."""
    yield from _files(session, blobs, "file", Attachment.__table__)
    kept = {row.id: row.sha256 for row in session.execute(select(Attachment.id, Attachment.sha256))}
    cases, frozen = session.scalars(select(Submission.application_id).distinct()).all(), select(Submission.attachments)
    for _, sent in rows_of(session, frozen, Submission.application_id, cases):
        for file in (file for row in sent or () for file in row["attachments"]):
            if kept.get(file["id"]) != file["sha256"]:
                yield found("file_missing", file["id"])


def certificates(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every issued certificate has its bytes."""
    yield from _files(session, blobs, "certificate", Certificate.__table__)


def given_letters(session: Session, blobs: Blobs) -> Iterator[Finding]:
    """Every letter that was made has its bytes."""
    yield from _files(session, blobs, "letter", Letter.__table__)


def _files(session: Session, blobs: Blobs, what: str, table: Table) -> Iterator[Finding]:
    """The bytes of all rows that name some."""
    columns = table.c
    query = select(columns.id, columns.blob_key, columns.blob_secret, columns.sha256).where(columns.sha256.is_not(None))
    cases = session.scalars(select(columns.application_id).distinct()).all()
    for application_id, rows in rows_of(session, query, columns.application_id, cases):
        if rows is None:
            yield found(f"{what}_changed", application_id)
        for row in rows or ():
            if wrong := compare(blobs, row):
                yield found(f"{what}_{wrong}", row["id"])


def compare(blobs: Blobs, row: Mapping[str, Any]) -> Literal["missing", "changed"] | None:
    """What is wrong with the bytes that a row names (`blob_key`, `blob_secret`) and has the hash of (`sha256`)."""
    digest = sha256()
    try:
        with blobs.open(row["blob_key"], row["blob_secret"]) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except BlobMissing as error:
        return "changed" if isinstance(error, BlobChanged) else "missing"
    return None if digest.hexdigest() == row["sha256"] else "changed"
