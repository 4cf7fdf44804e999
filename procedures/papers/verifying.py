"""Whether a paper is genuine, told to anybody who holds it: nothing that is not about the paper itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engine.model.text import Text
from procedures import library
from procedures.days import tokyo_day
from procedures.models import Application, Certificate
from procedures.papers.codes import code_hash, normalise

State = Literal["genuine", "expired", "revoked", "replaced"]
NO_CODE = "-"
"""Looked up for what cannot be a code, so that it takes as long as one that is unknown."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What is said of a certificate. No name, no answer, no reference; `sha256` is for comparing a file."""

    state: State
    title: Text
    number: str
    issued_on: date
    valid_until: date | None
    code: str
    sha256: str


def verify(session: Session, now: datetime, text: str) -> Verified | None:
    """The certificate with this code, however it was typed; None for a wrong code and an unknown one alike."""
    code = normalise(text) or NO_CODE
    return _verified(session, now, Certificate.code_hash == code_hash(code), code)


def verify_file(session: Session, now: datetime, sha256: str) -> Verified | None:
    """The certificate whose file has this hash (hex), without its code: who has the file has the code on it."""
    return _verified(session, now, Certificate.sha256 == sha256, "")


def _verified(session: Session, now: datetime, which: ColumnElement[bool], code: str) -> Verified | None:
    query = (
        select(Certificate, Application.digest)
        .join(Application, Application.id == Certificate.application_id)
        .where(which, Certificate.issued_at.is_not(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row = found.Certificate
    kinds = {kind.id: kind.title for kind in library.by_digest(session, found.digest).certificates}
    return Verified(
        _state(row, tokyo_day(now)),
        kinds[row.kind],
        row.number,
        row.issued_on,
        row.valid_until,
        code,
        row.sha256 or "",
    )


def _state(row: Certificate, today: date) -> State:
    if row.revoked_at is not None:
        return "revoked"
    if row.replaced_at is not None:
        return "replaced"
    return "expired" if row.valid_until is not None and row.valid_until < today else "genuine"
