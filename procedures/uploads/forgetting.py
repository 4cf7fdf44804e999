"""Erasing files that nobody keeps: the row at once, the bytes by a job after the commit."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, select
from sqlalchemy.orm import Session

from procedures.blobs import Blobs
from procedures.blobs.leaving import delete_later
from procedures.blobs.named import named
from procedures.database import Database
from procedures.models import Attachment, Submission, Upload, UploadPiece
from procedures.storing.fixed import Fixed

ORPHANED_AFTER = timedelta(days=1)
"""A blob is put before its row is written; what has no row after a day never will."""

GIVEN_UP_AFTER = timedelta(days=1)
"""Whoever did not go on sending a file for so long begins again."""

_attachment, _upload, _piece = Attachment.__table__, Upload.__table__, UploadPiece.__table__
_ANY = Fixed(
    select(_attachment.c.id)
    .where(_attachment.c.application_id == bindparam("case_id"))
    .union_all(select(_upload.c.id).where(_upload.c.application_id == bindparam("case_id")))
    .limit(1)
)


def sent_ids(session: Session, application_id: str) -> set[str]:
    """The attachments that a submission of the case has frozen."""
    query = select(Submission.attachments).where(Submission.application_id == application_id)
    return {file["id"] for files in session.execute(query).scalars() for file in files}


def forget(session: Session, now: datetime, rows: list[Attachment]) -> None:
    """Erase these attachments."""
    if not rows:
        return
    session.execute(delete(Attachment).where(Attachment.id.in_([row.id for row in rows])))
    delete_later(session, now, [row.blob_key for row in rows])


def forget_unsent(session: Session, now: datetime, application_id: str) -> None:
    """Erase what was uploaded to a case but is in none of its submissions."""
    if not _ANY.all(session, {"case_id": application_id}):
        return
    forget_uploads(session, now, _upload.c.application_id == application_id)
    sent = sent_ids(session, application_id)
    rows = session.execute(select(Attachment).where(Attachment.application_id == application_id)).scalars()
    forget(session, now, [row for row in rows if row.id not in sent])


def forget_uploads(session: Session, now: datetime, which: ColumnElement[bool], *, rows_too: bool = True) -> int:
    """Erase the pieces of these uploads, and the uploads themselves with `rows_too`; how many uploads there were."""
    ids = session.scalars(select(_upload.c.id).where(which)).all()
    if not ids:
        return 0
    keys = session.scalars(delete(_piece).where(_piece.c.upload_id.in_(ids)).returning(_piece.c.blob_key)).all()
    if rows_too:
        session.execute(delete(_upload).where(_upload.c.id.in_(ids)))
    delete_later(session, now, keys)
    return len(ids)


def give_up(database: Database, now: datetime) -> int:
    """Erase uploads that nobody went on with; how many."""
    with database.write() as session:
        return forget_uploads(session, now, _upload.c.touched_at < now - GIVEN_UP_AFTER)


def sweep(database: Database, blobs: Blobs, now: datetime) -> int:
    """Erase bytes whose row was never written, because a request or a worker died between the two; how many."""
    old = blobs.older_than(now - ORPHANED_AFTER)
    with database.read() as session:
        kept = set(named(session))
    orphans = [key for key in old if key not in kept]
    for key in orphans:
        blobs.delete(key)
    return len(orphans)
