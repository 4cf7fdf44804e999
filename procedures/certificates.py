"""Certificates: numbered, set as PDF, sealed, kept; downloaded by their owner."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.model import CertificateKind, Procedure
from procedures import audit, jobs, library, lifecycle, notices
from procedures.actors import SYSTEM, Actor
from procedures.attachments import Opened
from procedures.blobs import Blobs
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.models import Application, Certificate
from procedures.papers.codes import Verifying, code_hash
from procedures.papers.contents import Issue, contents
from procedures.papers.numbers import hand_out, reserve
from procedures.papers.typesetting import typeset
from procedures.reading import casefile
from procedures.seal import seal

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Order:
    """One certificate to make: everything the paper needs, read before the work outside the transaction begins."""

    certificate_id: str
    application_id: str
    procedure: Procedure
    kind: CertificateKind
    answers: dict[str, Any]
    language: str
    issue: Issue


def handler(blobs: Blobs, templates: Path, seal_folder: Path, authority: str, verifying: Verifying) -> jobs.Handler:
    """The handler of `certificate.issue` jobs. `seal_folder` holds what `procedures.seal.create_seal_key` made.

    The number is reserved in one transaction, the PDF made and sealed outside any, and handed out in the one that
    closes the job: tried again, it is the same number and the same day.
    """

    def issue(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        with database.write() as session:
            order = _reserve(session, now, job.payload["application_id"], job.payload["kind"], authority, verifying)
        if order is None:
            return None
        pdf = typeset(templates, order.kind.template, contents(order.procedure, order.kind, order.answers, order.issue))
        sealed = seal(pdf, seal_folder) if order.kind.sealed else pdf
        key = blobs.put(sealed)
        return lambda session: _hand_out(session, now, order, sealed, key)

    return issue


def open_certificate(session: Session, blobs: Blobs, actor: Actor, application_id: str, certificate_id: str) -> Opened:
    """The sealed PDF for its owner or staff of the office. Raises `NotFound` for everybody else and while not ready."""
    query = (
        select(Certificate, Application)
        .join(Application, Application.id == Certificate.application_id)
        .where(Certificate.id == certificate_id, Certificate.application_id == application_id)
    )
    found = session.execute(query).one_or_none()
    if found is None or found.Certificate.blob_key is None or not _may_see(actor, found.Application):
        raise NotFound(certificate_id)
    row = found.Certificate
    return Opened(f"{row.number}.pdf", PDF, row.size, blobs.open(row.blob_key))


def _may_see(actor: Actor, case: Application) -> bool:
    office = case.office
    return actor.owner_key == case.owner or actor.serves("clerk", office) or actor.serves("approver", office)


def _reserve(
    session: Session, now: datetime, application_id: str, kind_id: str, authority: str, verifying: Verifying
) -> _Order | None:
    """The certificate's row with its number, new or from an earlier try; None when it was handed out already."""
    case = lifecycle.lock(session, application_id)
    procedure = library.by_digest(session, case.digest)
    kind = next(kind for kind in procedure.certificates if kind.id == kind_id)
    query = select(Certificate).where(Certificate.application_id == application_id, Certificate.kind == kind_id)
    row = session.execute(query).scalar_one_or_none()
    if row is None:
        row = _new_row(session, now, application_id, kind, case.office)
    elif row.issued_at is not None:
        return None
    language = session.execute(select(Application.language).where(Application.id == application_id)).scalar_one()
    answers = casefile.submission(session, application_id).answers
    code = verifying.code_of(row.id)
    row.code_hash = code_hash(code)
    issue = Issue(row.number, row.issued_on, row.valid_until, authority, code, verifying)
    return _Order(row.id, application_id, procedure, kind, answers, language, issue)


def _new_row(session: Session, now: datetime, application_id: str, kind: CertificateKind, office: str) -> Certificate:
    today = tokyo_day(now)
    row = Certificate(
        application_id=application_id,
        kind=kind.id,
        number=reserve(session, now, "certificate", office, application_id, kind.id),
        issued_on=today,
        valid_until=_last_day(today, kind.valid_years) if kind.valid_years else None,
        reserved_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _last_day(start: date, years: int) -> date:
    """The last day of a period of years that begins on `start` (民法第143条): the day before the same date."""
    try:
        return start.replace(year=start.year + years) - timedelta(days=1)
    except ValueError:
        return date(start.year + years, 2, 28)


def _hand_out(session: Session, now: datetime, order: _Order, pdf: bytes, key: str) -> None:
    """Write where the PDF lies and queue the notice; nothing for a certificate that another try handed out."""
    this = update(Certificate.__table__).where(
        Certificate.__table__.c.id == order.certificate_id, Certificate.__table__.c.issued_at.is_(None)
    )
    digest = sha256(pdf).hexdigest()
    made = session.execute(this.values(blob_key=key, sha256=digest, size=len(pdf), issued_at=now))
    if made.rowcount != 1:
        return
    hand_out(session, now, order.issue.number)
    title = order.kind.title.say(order.language)
    notices.queue(session, now, "certificate_ready", order.application_id, certificate=title)
    audit.record(session, SYSTEM, now, "certificate", order.application_id, note=f"{order.issue.number} {digest}")
