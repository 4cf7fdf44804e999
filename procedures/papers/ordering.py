"""Ordering the certificates of an approved case: a job for each, once for each time that the case is approved."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.model import CertificateKind, Procedure
from engine.papers.validity import is_issued
from procedures import jobs
from procedures.days import tokyo_day
from procedures.models import Certificate
from procedures.papers.material import material

JOB = "certificate.issue"


def order(session: Session, now: datetime, application_id: str, procedure: Procedure) -> bool:
    """Queue what is to be issued by the spec's conditions; whether there is anything.

    A case that is approved anew (after it was reopened) gets a new edition, which takes the place of the earlier one
    where that still stands.
    """
    wanted = _wanted(session, now, application_id, procedure)
    for kind in wanted:
        last = newest(session, application_id, kind.id)
        edition = last.edition + 1 if last else 1
        standing = last.id if last and last.issued_at and not last.revoked_at else None
        ask(session, now, application_id, kind.id, edition, standing)
    return bool(wanted)


def _wanted(session: Session, now: datetime, application_id: str, procedure: Procedure) -> Sequence[CertificateKind]:
    if all(kind.when is None for kind in procedure.certificates):
        return procedure.certificates
    scope = material(session, application_id, procedure, tokyo_day(now)).scope
    return tuple(kind for kind in procedure.certificates if is_issued(kind, scope))


def ask(
    session: Session,
    now: datetime,
    application_id: str,
    kind: str,
    edition: int,
    replaces: str | None = None,
    *,
    anew: bool = False,
) -> None:
    """Queue the making of one edition; nothing where that was asked before, unless it is to be tried `anew`."""
    payload = {"application_id": application_id, "kind": kind, "edition": edition, "replaces": replaces}
    key = f"certificate:{application_id}:{kind}" + (f":{edition}" if edition > 1 else "")
    jobs.enqueue(session, now, JOB, payload, key=None if anew else key)


def newest(session: Session, application_id: str, kind: str) -> Certificate | None:
    """The last edition of a certificate, made or being made."""
    query = select(Certificate).where(Certificate.application_id == application_id, Certificate.kind == kind)
    return session.execute(query.order_by(Certificate.edition.desc()).limit(1)).scalar_one_or_none()
