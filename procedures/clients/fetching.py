"""Cases for clients that read them: what was decided, in the order in which it was, and one case whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures import library
from procedures.attachments import Opened
from procedures.blobs import Blobs
from procedures.clients.client import EVERY, Client
from procedures.errors import NotFound
from procedures.models import Application, Attachment, CaseEvent, Certificate
from procedures.outgoing.events import DECIDED
from procedures.reading import casefile
from procedures.reading.casefile import IssuedCertificate, Sent, Told
from procedures.uploads.forgetting import sent_ids

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A case as another system receives it: what was submitted, frozen; what was decided; what was issued."""

    application_id: str
    reference: str
    procedure: Procedure
    office: str
    status: str
    round: int
    submitted_at: datetime
    changed_at: datetime
    sent: Sent
    decision: Told | None
    certificates: tuple[IssuedCertificate, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of the list: `seq` rises with each, and nothing appears later below a number that was read."""

    seq: int
    at: datetime
    case: Fetched


def decided(
    session: Session, client: Client, since: datetime | None, after: int, limit: int
) -> tuple[list[Decided], bool]:
    """Up to `limit` decisions from `since` on whose number is above `after`, in their order; whether there are more.

    A case that is decided again, after it was reopened, is there again.
    """
    query = (
        select(CaseEvent.seq, CaseEvent.at, Application)
        .join(Application, Application.id == CaseEvent.application_id)
        .where(CaseEvent.event == DECIDED, CaseEvent.seq > after)
        .order_by(CaseEvent.seq)
        .limit(limit + 1)
    )
    if since is not None:
        query = query.where(CaseEvent.at >= since)
    for column, allowed in ((CaseEvent.office, client.offices), (CaseEvent.procedure_id, client.procedures)):
        if EVERY not in allowed:
            query = query.where(column.in_(allowed))
    rows = session.execute(query).all()
    found = [Decided(row.seq, row.at, _fetched(session, row.Application)) for row in rows[:limit]]
    return found, len(rows) > limit


def one(session: Session, client: Client, application_id: str) -> Fetched:
    """A submitted case of the client's offices and procedures. Raises `NotFound` for all others, and for drafts."""
    return _fetched(session, _reached(session, client, application_id))


def open_attachment(session: Session, blobs: Blobs, client: Client, application_id: str, file_id: str) -> Opened:
    """A file of a submission. Raises `NotFound`, also for one that was never submitted."""
    case = _reached(session, client, application_id)
    row = session.get(Attachment, file_id)
    if row is None or row.application_id != case.id or file_id not in sent_ids(session, case.id):
        raise NotFound(file_id)
    return Opened(row.name, row.media_type, row.size, blobs.open(row.blob_key, row.blob_secret))


def open_certificate(
    session: Session, blobs: Blobs, client: Client, application_id: str, certificate_id: str
) -> Opened:
    """A certificate that was issued. Raises `NotFound`, also while it is being made."""
    case = _reached(session, client, application_id)
    row = session.get(Certificate, certificate_id)
    if row is None or row.application_id != case.id or row.blob_key is None or row.size is None:
        raise NotFound(certificate_id)
    return Opened(f"{row.number}.pdf", PDF, row.size, blobs.open(row.blob_key, row.blob_secret))


def _reached(session: Session, client: Client, application_id: str) -> Application:
    row = session.get(Application, application_id)
    if row is None or row.round == 0 or not client.reaches(row.procedure_id, row.office):
        raise NotFound(application_id)
    return row


def _fetched(session: Session, row: Application) -> Fetched:
    facts: Sequence[Any] = (row.office, row.status, row.round, row.submitted_at, row.status_changed_at)
    return Fetched(
        row.id,
        row.reference or "",
        library.by_digest(session, row.digest),
        *facts,
        casefile.submission(session, row.id),
        casefile.decision(session, row.id),
        casefile.certificates(session, row.id),
    )
