"""Files that come piece by piece: what was acknowledged is kept, whatever breaks off, and sent twice does no harm."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.attachments import Prepared, add, own_draft, require_room
from procedures.blobs import Blobs, Kept
from procedures.errors import FileRefused, NotFound
from procedures.keyring.owned import of
from procedures.models import Application, Attachment, Upload, UploadPiece, new_id
from procedures.uploads.forgetting import forget_uploads

MOST_AT_ONCE = 20
"""Unfinished files of one case."""

_upload, _piece = Upload.__table__, UploadPiece.__table__


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a file has come: `offset` of its `size` bytes are kept. `attachment_id` once it was accepted."""

    id: str
    field_id: str
    name: str
    size: int
    sha256: str
    offset: int
    attachment_id: str | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return self.offset == self.size


class OffsetMoved(Exception):
    """The piece does not begin where the file ends so far; `offset` is where that is."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"the file has {offset} bytes")


def begin(
    session: Session, actor: Actor, now: datetime, application_id: str, field_id: str, name: str, size: int, digest: str
) -> Standing:
    """Announce a file of one's draft, or find again the unfinished one with the same content (`digest`: SHA-256, hex).

    Raises `NotFound`, `AlreadySubmitted`, `FileRefused` when there is no room.
    """
    own_draft(session, actor, application_id)
    unfinished = [one for one in of_case(session, actor, application_id) if not one.attachment_id]
    for one in unfinished:
        if (one.field_id, one.size, one.sha256) == (field_id, size, digest):
            return one
    if len(unfinished) >= MOST_AT_ONCE:
        raise FileRefused("uploads.too_many_at_once", count=MOST_AT_ONCE)
    require_room(session, application_id, size + sum(one.size for one in unfinished))
    upload_id = new_id()
    row = {
        "id": upload_id,
        "application_id": application_id,
        "field_id": field_id,
        "name": of(application_id, name[:255]),
        "size": size,
        "sha256": digest,
        "touched_at": now,
        "attachment_id": None,
    }
    session.execute(insert(_upload).values(row))
    return Standing(upload_id, field_id, name[:255], size, digest, 0)


def of_case(session: Session, actor: Actor, application_id: str) -> list[Standing]:
    """The files that are being sent to one's case."""
    return [_standing(row) for row in session.execute(_standings(actor, application_id))]


def standing(session: Session, actor: Actor, application_id: str, upload_id: str) -> Standing:
    """How far one has come. Raises `NotFound`, also for what was given up a day ago."""
    row = session.execute(_standings(actor, application_id).where(_upload.c.id == upload_id)).one_or_none()
    if row is None:
        raise NotFound(upload_id)
    return _standing(row)


def keep(
    session: Session, actor: Actor, now: datetime, application_id: str, upload_id: str, start: int, size: int, key: Kept
) -> Standing:
    """Add the piece that lies under the blob `key`.

    Raises `OffsetMoved` unless it begins where the file ends (nothing refers to the blob then), `FileRefused` where it
    leads past the end, `NotFound`, `AlreadySubmitted`.
    """
    own_draft(session, actor, application_id)
    before = standing(session, actor, application_id, upload_id)
    require_place(before, start, size)
    piece = {"upload_id": upload_id, "start": start, "size": size, "blob_key": str(key)}
    session.execute(insert(_piece).values(**piece, blob_secret=of(application_id, key.secret)))
    session.execute(update(_upload).where(_upload.c.id == upload_id).values(touched_at=now))
    return standing(session, actor, application_id, upload_id)


def require_place(before: Standing, start: int, size: int) -> None:
    """Raises `OffsetMoved` or `FileRefused` where a piece cannot be added."""
    if start != before.offset or before.whole:
        raise OffsetMoved(before.offset)
    if start + size > before.size or not size:
        raise FileRefused("notices.file_broken")


def assemble(session: Session, blobs: Blobs, found: Standing) -> bytes:
    """The whole file. Raises `FileRefused` where it is not what was announced."""
    query = select(_piece.c.blob_key, _piece.c.blob_secret).where(_piece.c.upload_id == found.id)
    content = b"".join(_read(blobs, *row) for row in session.execute(query.order_by(_piece.c.start)))
    if len(content) != found.size or sha256(content).hexdigest() != found.sha256:
        raise FileRefused("notices.file_broken")
    return content


def finish(
    session: Session, actor: Actor, now: datetime, application_id: str, upload_id: str, prepared: Prepared
) -> str:
    """Make the examined file an attachment; its id. Asked twice, the second file is not used and the first id given.

    Raises `NotFound`, `AlreadySubmitted`, `FileRefused`.
    """
    own_draft(session, actor, application_id)
    found = standing(session, actor, application_id, upload_id)
    if found.attachment_id:
        return found.attachment_id
    attachment_id = add(session, actor, now, application_id, found.field_id, prepared)
    forget_uploads(session, now, _upload.c.id == upload_id, rows_too=False)
    finished = {"attachment_id": attachment_id, "touched_at": now}
    session.execute(update(_upload).where(_upload.c.id == upload_id).values(finished))
    return attachment_id


def drop(session: Session, actor: Actor, now: datetime, application_id: str, upload_id: str) -> None:
    """Give one up. Raises `NotFound`, `AlreadySubmitted`."""
    own_draft(session, actor, application_id)
    standing(session, actor, application_id, upload_id)
    forget_uploads(session, now, _upload.c.id == upload_id)


def _standings(actor: Actor, application_id: str) -> Any:
    """Each with the end of its last piece; a finished one whose attachment was taken away again is not there."""
    end = func.coalesce(func.max(_piece.c.start + _piece.c.size), 0).label("end")
    gone = _upload.c.attachment_id.is_not(None) & Attachment.id.is_(None)
    return (
        select(_upload, end)
        .join(Application, Application.id == _upload.c.application_id)
        .outerjoin(_piece, _piece.c.upload_id == _upload.c.id)
        .outerjoin(Attachment, Attachment.id == _upload.c.attachment_id)
        .where(_upload.c.application_id == application_id, Application.owner == actor.owner_key, ~gone)
        .group_by(*_upload.c)
        .order_by(_upload.c.touched_at, _upload.c.id)
    )


def _standing(row: Row[Any]) -> Standing:
    offset = row.size if row.attachment_id else row.end
    return Standing(row.id, row.field_id, row.name, row.size, row.sha256, offset, row.attachment_id)


def _read(blobs: Blobs, key: str, secret: str | None) -> bytes:
    with blobs.open(key, secret) as stream:
        return stream.read()
