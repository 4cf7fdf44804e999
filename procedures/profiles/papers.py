"""Papers that somebody has sent before and may use again: copied, so that each case keeps and erases its own bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from engine.fields.types.file import MOST_PAGES, kept_of
from engine.model import Field
from engine.reuse import field_at
from procedures import library
from procedures.actors import Actor
from procedures.attachments import MAX_BYTES, MEGABYTE, Prepared
from procedures.blobs import BlobMissing, Blobs, Kept
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Application, Attachment
from procedures.uploads.forgetting import sent_ids

MOST = 6
LOOKED_AT = 200
_SENT = (
    select(Attachment, Application.digest, Application.submitted_at)
    .join(Application, Application.id == Attachment.application_id)
    .where(Application.owner == bindparam("person"), Application.round > 0)
    .order_by(Application.submitted_at.desc(), Attachment.uploaded_at, Attachment.id)
    .limit(LOOKED_AT)
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an application that was sent on `sent_on` in Tokyo, of the version `digest`."""

    id: str
    application_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    sent_on: date
    digest: str


def earlier(session: Session, actor: Actor, today: date, field: Field, application_id: str) -> list[Paper]:
    """The actor's own papers that fit the question, newest first, each once; `today` in Tokyo.

    They were sent with another application that is still kept, to a question of the same concept or, where this one
    has none, of the same title; and they are of a kind that is accepted here.
    """
    found: dict[str, Paper] = {}
    for _, paper in _fitting(session, actor, today, field, application_id):
        found.setdefault(paper.sha256, paper)
    return list(found.values())[:MOST]


def copy(
    session: Session, blobs: Blobs, actor: Actor, today: date, field: Field, application_id: str, paper_id: str
) -> Prepared:
    """The bytes of one of these papers once more, under a key of their own, for `attachments.add`.

    Two cases never share bytes: erasing one leaves the other whole. Raises `NotFound` for any other paper, and for one
    that has been erased meanwhile.
    """
    for row, paper in _fitting(session, actor, today, field, application_id):
        if paper.id == paper_id:
            key = _again(blobs, row, paper_id)
            removed = tuple((row.removed or "").split())
            return Prepared(paper.name, paper.media_type, paper.size, paper.sha256, key, row.pages, removed, key.secret)
    raise NotFound(paper_id)


def _again(blobs: Blobs, row: Attachment, paper_id: str) -> Kept:
    try:
        with blobs.open(row.blob_key, row.blob_secret) as stream:
            return blobs.put(stream.read())
    except BlobMissing:
        raise NotFound(paper_id) from None


def _fitting(
    session: Session, actor: Actor, today: date, field: Field, application_id: str
) -> Iterator[tuple[Attachment, Paper]]:
    if field.reuse == "never":
        return
    sent: dict[str, set[str]] = {}
    for row in session.execute(_SENT, {"person": actor.owner_key}).all():
        one = row.Attachment
        if one.application_id not in sent:
            sent[one.application_id] = sent_ids(session, one.application_id)
        day = tokyo_day(row.submitted_at)
        paper = Paper(one.id, one.application_id, one.name, one.media_type, one.size, one.sha256, day, row.digest)
        elsewhere = one.application_id != application_id and one.id in sent[one.application_id]
        if elsewhere and _kept_on(session, paper, today) and _fits(session, field, row):
            yield one, paper


def _kept_on(session: Session, paper: Paper, today: date) -> bool:
    """Whether the case is within its retention, counted from the day it was sent."""
    years = library.by_digest(session, paper.digest).retention_years
    return today < paper.sent_on.replace(day=min(paper.sent_on.day, 28), year=paper.sent_on.year + years)


def _fits(session: Session, field: Field, row: Row[Any]) -> bool:
    asked = field_at(library.by_digest(session, row.digest), row.Attachment.field_id)
    if asked is None or not _accepted(row.Attachment, field.settings):
        return False
    return asked.concept == field.concept if field.concept else asked.title.ja == field.title.ja


def _accepted(paper: Attachment, settings: Mapping[str, Any]) -> bool:
    """Whether its kind (`accept` as in HTML), size and number of pages are what the question takes."""
    kind = paper.media_type in kept_of(settings.get("accept") or ())
    largest = settings.get("maxMegabytes", MAX_BYTES // MEGABYTE) * MEGABYTE
    return kind and paper.size <= largest and (paper.pages or 0) <= settings.get("maxPages", MOST_PAGES)
