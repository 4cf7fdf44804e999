"""What a case consists of besides its own row: submission, files, timeline, decision, certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status, Who
from procedures.models import Application, Certificate, Decision, StatusHistory, Submission
from procedures.reading.names import PREFIX, names_of
from procedures.storing import answers as stored


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline; `by` is a staff member's name, None for the applicant or the system."""

    at: datetime
    event: Event
    source: Status
    target: Status
    by: str | None
    note: str | None


CertificateState = Literal["making", "stopped", "valid", "expired", "replaced", "revoked", "given_up"]


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate; it can be downloaded when `ready`: the number is given before the PDF is made.

    `trouble` names the places whose characters no font has: it cannot be made. `reason`: why it was revoked.
    """

    id: str
    kind: str
    number: str
    issued_on: date
    valid_until: date | None
    ready: bool
    again: bool = False
    replaced: bool = False
    revoked: bool = False
    reason: str = ""
    trouble: tuple[str, ...] = ()

    def state(self, today: date) -> CertificateState:
        """How it stands on a day of Tokyo."""
        if self.revoked:
            return "revoked" if self.ready else "given_up"
        if not self.ready:
            return "stopped" if self.trouble else "making"
        if self.replaced:
            return "replaced"
        return "expired" if self.valid_until is not None and self.valid_until < today else "valid"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An attachment's description; `size` in bytes, `pages` of a PDF, `removed` what was taken out of it."""

    id: str
    field_id: str
    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None
    removed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as the applicant is told it: reasons as `{code, title: {language: text}, law}`, appeal by language.

    `granted` is what a partial approval grants, `hearing` how the holder was heard before a revocation.
    """

    outcome: str
    reasons: tuple[dict[str, Any], ...]
    text: str
    appeal: dict[str, str] | None
    decided_at: datetime
    granted: str | None = None
    hearing: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A frozen submission as screens show it."""

    answers: dict[str, Any]
    quote: FeeQuote | None
    files: tuple[KeptFile, ...]
    applicant: dict[str, Any] | None = None


NOTHING_SENT = Sent({}, None, ())

_submission, _history = Submission.__table__.c, StatusHistory.__table__.c
_application = Application.__table__
_decision, _certificate = Decision.__table__, Certificate.__table__

# Fixed statements: putting one together anew costs several times what running it does.
_NEWEST_SUBMISSION = (
    select(_submission.quote, _submission.attachments, _submission.answers, _submission.applicant)
    .where(_submission.application_id == bindparam("case_id"))
    .order_by(_submission.round.desc())
    .limit(1)
)
_HISTORY = (
    select(_history.at, _history.event, _history.source, _history.target, _history.who, _history.actor, _history.note)
    .where(_history.application_id == bindparam("case_id"))
    .order_by(_history.id)
)
_DECISION = (
    select(_decision)
    .select_from(_decision.join(_application, _application.c.id == _decision.c.application_id))
    .where(_decision.c.application_id == bindparam("case_id"), _decision.c.turn == _application.c.turn)
)
_CERTIFICATES = (
    select(_certificate).where(_certificate.c.application_id == bindparam("case_id")).order_by(_certificate.c.number)
)


def submission(session: Session, application_id: str) -> Sent:
    """The newest submission; `NOTHING_SENT` while there is none."""
    row = session.execute(_NEWEST_SUBMISSION, {"case_id": application_id}).one_or_none()
    if row is None:
        return NOTHING_SENT
    return _sent(row)


def rounds(session: Session, application_id: str) -> dict[int, Sent]:
    """Every submission by its round."""
    query = select(_submission)
    rows = session.execute(query.where(_submission.application_id == application_id))
    return {row.round: _sent(row) for row in rows}


def _sent(row: Row[Any]) -> Sent:
    quote = FeeQuote.from_json(row.quote) if row.quote else None
    files = tuple(KeptFile(**description) for description in row.attachments)
    return Sent(stored.unpack(row.answers), quote, files, row.applicant)


def timeline(session: Session, application_id: str, *, for_applicant: bool) -> tuple[Happening, ...]:
    """What happened, in order. Applicants see neither names nor internal notes of staff."""
    rows = session.execute(_HISTORY, {"case_id": application_id}).all()
    names = {} if for_applicant else names_of(session, (row.actor.removeprefix(PREFIX) for row in rows if _staff(row)))
    return tuple(
        Happening(
            row.at,
            Event(row.event),
            Status(row.source),
            Status(row.target),
            names.get(row.actor.removeprefix(PREFIX)),
            row.note if not (for_applicant and _staff(row)) else None,
        )
        for row in rows
    )


def _staff(row: Row[Any]) -> bool:
    return row.who in (Who.CLERK, Who.APPROVER, Who.MANAGER)


def decision(session: Session, application_id: str) -> Told | None:
    """The decision that holds; None while the case is open, also where an earlier one was taken up again."""
    row = session.execute(_DECISION, {"case_id": application_id}).one_or_none()
    if row is None:
        return None
    return Told(row.outcome, tuple(row.reasons), row.text, row.appeal, row.decided_at, row.granted, row.hearing)


def certificates(session: Session, application_id: str) -> tuple[IssuedCertificate, ...]:
    """The certificates, also those that are being made."""
    return tuple(
        IssuedCertificate(
            id=row.id,
            kind=row.kind,
            number=row.number,
            issued_on=row.issued_on,
            valid_until=row.valid_until,
            ready=row.issued_at is not None,
            again=row.again_reason is not None,
            replaced=row.replaced_at is not None,
            revoked=row.revoked_at is not None,
            reason=row.revoke_reason or "",
            trouble=tuple(row.trouble or ()),
        )
        for row in session.execute(_CERTIFICATES, {"case_id": application_id})
    )
