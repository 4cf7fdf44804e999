"""Files that a client sends ahead of a submission: kept as web uploads are, then taken over by the case."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.model import Field, Procedure
from procedures.attachments import MAX_CASE_BYTES, MEGABYTE, Prepared
from procedures.blobs.leaving import delete_later
from procedures.clients.client import Client
from procedures.errors import FileRefused, NotFound
from procedures.keyring.forgetting import forget_keys
from procedures.models import ApiUpload, Attachment, new_id
from procedures.submitting.files import named_files

KEPT = timedelta(days=1)
"""So long a file waits for its submission."""
MOST_BYTES = 10 * MAX_CASE_BYTES
"""What one client may have waiting at once: a guard against filling the disk."""


def file_field(procedure: Procedure, path: str) -> Field:
    """The file question at `path` (`Field.path`: ids with dots between). Raises `NotFound`."""
    for top in procedure.fields.values():
        for field in _below(top):
            if field.path == path:
                return field
    raise NotFound(path)


def _below(field: Field) -> Iterator[Field]:
    if field.type.control == "file":
        yield field
    for inner in (*field.properties, *([field.items] if field.items else [])):
        yield from _below(inner)


def keep(session: Session, now: datetime, client: Client, procedure_id: str, field: Field, prepared: Prepared) -> str:
    """Write the row of a file whose bytes are kept; returns the id that answers name it by. Raises `FileRefused`."""
    waiting = select(func.coalesce(func.sum(ApiUpload.size), 0)).where(ApiUpload.client_id == client.id)
    if session.execute(waiting).scalar_one() + prepared.size > MOST_BYTES:
        raise FileRefused("uploads.case_full", megabytes=MOST_BYTES // MEGABYTE)
    row = ApiUpload(
        id=new_id(),
        client_id=client.id,
        procedure_id=procedure_id,
        field_id=field.path,
        name=prepared.name,
        media_type=prepared.media_type,
        size=prepared.size,
        sha256=prepared.sha256,
        blob_key=prepared.blob_key,
        blob_secret=prepared.blob_secret,
        pages=prepared.pages,
        removed=" ".join(prepared.removed) or None,
        kept_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def take_over(
    session: Session,
    now: datetime,
    client: Client,
    application_id: str,
    procedure: Procedure,
    answers: Mapping[str, Any],
) -> None:
    """Make the files that `answers` name attachments of the case, under the ids they have.

    What is not there, of another question or another client's is left: the submission finds it missing.
    """
    named = list(named_files(procedure, answers))
    ids = [one for _, _, listed in named for one in listed if isinstance(one, str)]
    if not ids:
        return
    mine = (ApiUpload.id.in_(ids), ApiUpload.client_id == client.id, ApiUpload.procedure_id == procedure.id)
    rows = {row.id: row for row in session.scalars(select(ApiUpload).where(*mine).with_for_update())}
    for position, one in enumerate(dict.fromkeys(ids), 1):
        if one in rows:
            session.add(_attachment(rows[one], application_id, now, position))
    session.execute(delete(ApiUpload).where(ApiUpload.id.in_(list(rows))))
    session.flush()
    forget_keys(session, [row.holder for row in rows.values()])


def _attachment(row: ApiUpload, application_id: str, now: datetime, position: int) -> Attachment:
    same = ("id", "field_id", "name", "media_type", "size", "sha256", "blob_key", "blob_secret", "pages", "removed")
    facts = {name: getattr(row, name) for name in same}
    return Attachment(**facts, application_id=application_id, uploaded_at=now, position=position)


def give_up(session: Session, now: datetime, limit: int) -> int:
    """Erase up to `limit` files that no submission came for; how many."""
    old = select(ApiUpload).where(ApiUpload.kept_at < now - KEPT).order_by(ApiUpload.kept_at, ApiUpload.id)
    rows = session.scalars(old.limit(limit).with_for_update(skip_locked=True)).all()
    if rows:
        session.execute(delete(ApiUpload).where(ApiUpload.id.in_([row.id for row in rows])))
        forget_keys(session, [row.holder for row in rows])
        delete_later(session, now, [row.blob_key for row in rows])
    return len(rows)
