"""A resident's own cases: the list, one case with its timeline, withdrawing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status, Who, events_from
from engine.model import Procedure
from procedures import library, lifecycle
from procedures.actors import Actor
from procedures.errors import NotFound
from procedures.models import Application
from procedures.reading import casefile
from procedures.reading.casefile import Happening, IssuedCertificate, KeptFile, Told
from procedures.storing.fixed import Fixed


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One line of "my applications"."""

    application_id: str
    reference: str | None
    procedure: Procedure
    status: Status
    changed_at: datetime
    submitted_at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case for its owner. `answers` are the submitted ones (empty while a draft)."""

    application_id: str
    reference: str | None
    procedure: Procedure
    status: Status
    changed_at: datetime
    submitted_at: datetime | None
    due_on: date | None
    answers: dict[str, Any]
    quote: FeeQuote | None
    files: tuple[KeptFile, ...]
    timeline: tuple[Happening, ...]
    decision: Told | None
    certificates: tuple[IssuedCertificate, ...]
    may_withdraw: bool


_application = Application.__table__

# Fixed statements: putting one together anew costs several times what running it does.
_OWN = Fixed(
    select(_application)
    .where(_application.c.owner == bindparam("owner_key"))
    .order_by(_application.c.created_at.desc(), _application.c.id)
    .limit(bindparam("most"))
)
_ONE = Fixed(
    select(_application).where(
        _application.c.id == bindparam("case_id"), _application.c.owner == bindparam("owner_key")
    )
)


def list_own(session: Session, actor: Actor, limit: int = 200) -> list[OwnRow]:
    """The actor's cases, newest first."""
    return [
        OwnRow(
            row.id,
            row.reference,
            library.by_digest(session, row.digest),
            Status(row.status),
            row.status_changed_at,
            row.submitted_at,
            row.due_on,
        )
        for row in _OWN.all(session, {"owner_key": actor.owner_key, "most": limit})
    ]


def view_own(session: Session, actor: Actor, application_id: str) -> OwnCase:
    """One of the actor's cases. Raises `NotFound` for a missing one and another's alike."""
    row = _ONE.one_or_none(session, {"case_id": application_id, "owner_key": actor.owner_key})
    if row is None:
        raise NotFound(application_id)
    sent = casefile.submission(session, application_id)
    status = Status(row.status)
    return OwnCase(
        application_id=row.id,
        reference=row.reference,
        procedure=library.by_digest(session, row.digest),
        status=status,
        changed_at=row.status_changed_at,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        answers=sent.answers,
        quote=sent.quote,
        files=sent.files,
        timeline=casefile.timeline(session, application_id, for_applicant=True),
        decision=casefile.decision(session, application_id),
        certificates=casefile.certificates(session, application_id),
        may_withdraw=Event.WITHDRAW in events_from(status, Who.APPLICANT),
    )


def own_with_reference(session: Session, actor: Actor, reference: str) -> str | None:
    """The id of the actor's case with this reference; None for a missing one and another's alike."""
    query = select(Application.id).where(Application.reference == reference, Application.owner == actor.owner_key)
    return session.execute(query).scalar_one_or_none()


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """Withdraw (取下げ). Raises `NotFound`, `TransitionRefused`."""
    return lifecycle.apply(session, actor, now, application_id, Event.WITHDRAW, who=Who.APPLICANT, note=note)
