"""Making a certificate: numbered, set as PDF, sealed, kept, handed out."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import CertificateKind
from engine.papers.validity import NoLastDay, last_day
from procedures import audit, jobs, library, lifecycle, notices
from procedures.actors import SYSTEM
from procedures.blobs import Blobs, Kept
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.keyring.owned import of
from procedures.models import Application, Certificate, Decision
from procedures.outgoing import events
from procedures.papers import agreed
from procedures.papers.codes import Verifying, code_hash
from procedures.papers.contents import Issue, contents
from procedures.papers.material import material
from procedures.papers.numbers import hand_out, reserve
from procedures.papers.shown import Material
from procedures.papers.spelling import lacking
from procedures.papers.typesetting import Undrawable, typeset
from procedures.seal import seal

_certificate = Certificate.__table__


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which certificate a job is about; `replaces` is the id of the one whose place it takes."""

    application_id: str
    kind: str
    edition: int = 1  # jobs of releases that knew of no other have none
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """One certificate to make: everything the paper needs, read before the work outside the transaction begins."""

    certificate_id: str
    application_id: str
    kind: CertificateKind
    material: Material
    language: str
    issue: Issue


def handler(blobs: Blobs, templates: Path, seal_folder: Path, authority: str, verifying: Verifying) -> jobs.Handler:
    """The handler of `certificate.issue` jobs. `seal_folder` holds what `procedures.seal.create_seal_key` made.

    The number is reserved in one transaction, the PDF made and sealed outside any, and handed out in the one that
    closes the job: tried again, it is the same number and the same day. What no font can draw stops it: trying again is
    useless, and a clerk is told where it stands.
    """

    def issue(database: Database, job: jobs.ClaimedJob, now: datetime) -> jobs.Finish | None:
        with database.write() as session:
            order = _reserve(session, now, _Asked(**job.payload), authority, verifying)
        if order is None:
            return None
        try:
            pdf = typeset(templates, order.kind.template, contents(order.kind, order.material, order.issue))
        except Undrawable:
            places = [one.place for one in lacking(order.material, templates)]
            if not places:
                raise
            return lambda session: _stop(session, order, places)
        sealed = seal(pdf, seal_folder) if order.kind.sealed else pdf
        key = blobs.put(sealed)
        return lambda session: _hand_out(session, now, order, sealed, key)

    return issue


def _reserve(session: Session, now: datetime, asked: _Asked, authority: str, verifying: Verifying) -> _Order | None:
    """The certificate's row with its number, new or from an earlier try; None when there is nothing to make (any more).

    A case that was taken up again, or whose approval was taken back, gets nothing of what was ordered before.
    """
    case = lifecycle.lock(session, asked.application_id)
    procedure = library.by_digest(session, case.digest)
    kind = next(kind for kind in procedure.certificates if kind.id == asked.kind)
    row = _row_of(session, asked)
    if case.status != Status.APPROVED or (row is not None and (row.issued_at or row.revoked_at)):
        return None
    known = material(session, case.id, procedure, row.issued_on if row else tokyo_day(now))
    row = row or _new_row(session, now, asked, kind, case.office, known)
    language = session.execute(select(Application.language).where(Application.id == case.id)).scalar_one()
    code = verifying.code_of(row.id)
    row.code_hash = code_hash(code)
    earlier = session.get(Certificate, row.replaces) if row.replaces else None
    decision = _decision(session, case)
    issue = Issue(
        number=row.number,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        authority=authority,
        code=code,
        verifying=verifying,
        replaces=earlier.number if earlier else "",
        again=row.again_reason is not None,
        granted=(decision.granted or "") if decision else "",
    )
    as_decided = replace(known, day=agreed.A_DAY, spellings={})
    agreed.check(f"certificate:{kind.id}", contents(kind, as_decided, issue), decision and decision.contents)
    return _Order(row.id, asked.application_id, kind, known, language, issue)


def _decision(session: Session, case: Row[Any]) -> Decision | None:
    """What was decided; None for a procedure that nobody examines."""
    query = select(Decision).where(Decision.application_id == case.id, Decision.turn == case.turn)
    return session.execute(query).scalar_one_or_none()


def _row_of(session: Session, asked: _Asked) -> Certificate | None:
    query = select(Certificate).where(
        Certificate.application_id == asked.application_id,
        Certificate.kind == asked.kind,
        Certificate.edition == asked.edition,
    )
    return session.execute(query).scalar_one_or_none()


def _new_row(
    session: Session, now: datetime, asked: _Asked, kind: CertificateKind, office: str, known: Material
) -> Certificate:
    today = tokyo_day(now)
    try:
        until = last_day(kind, today, known.scope)
    except NoLastDay as none:
        raise jobs.Hopeless("the formula of its last day gives none") from none
    row = Certificate(
        application_id=asked.application_id,
        kind=kind.id,
        number=reserve(session, now, "certificate", office, asked.application_id, kind.id),
        issued_on=today,
        valid_until=until,
        reserved_at=now,
        edition=asked.edition,
        replaces=asked.replaces,
    )
    session.add(row)
    session.flush()
    return row


def _stop(session: Session, order: _Order, places: list[str]) -> None:
    """Note where the characters stand that keep it from being made."""
    this = update(_certificate).where(_certificate.c.id == order.certificate_id, _certificate.c.issued_at.is_(None))
    session.execute(this.values(trouble=places))


def _hand_out(session: Session, now: datetime, order: _Order, pdf: bytes, key: Kept) -> None:
    """Write where the PDF lies and queue the notice; nothing for one that was handed out or revoked meanwhile."""
    waits = (_certificate.c.issued_at.is_(None)) & (_certificate.c.revoked_at.is_(None))
    this = update(_certificate).where(_certificate.c.id == order.certificate_id, waits)
    digest = sha256(pdf).hexdigest()
    lies = {"blob_key": str(key), "blob_secret": of(order.application_id, key.secret), "sha256": digest}
    made = session.execute(this.values(**lies, size=len(pdf), issued_at=now, trouble=None))
    if made.rowcount != 1:
        return
    hand_out(session, now, order.issue.number)
    replaced = select(_certificate.c.replaces).where(_certificate.c.id == order.certificate_id).scalar_subquery()
    session.execute(update(_certificate).where(_certificate.c.id == replaced).values(replaced_at=now))
    title = order.kind.title.say(order.language)
    notices.queue(session, now, "certificate_ready", order.application_id, certificate=title)
    note = f"{order.issue.number} {digest}"
    seq = audit.record(session, SYSTEM, now, "certificate", order.application_id, note=note)
    events.tell(session, now, seq, events.CERTIFICATE, order.application_id)
