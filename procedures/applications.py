"""A resident's own cases: the list, one case with its timeline, withdrawing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status, Who, events_from
from engine.model import Procedure
from procedures import library, lifecycle
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.errors import NotFound
from procedures.insight.leaving import count_left
from procedures.models import Application, CorrectionRequest, Draft
from procedures.reading import casefile
from procedures.reading.casefile import Happening, IssuedCertificate, KeptFile, Told
from procedures.storing.fixed import Fixed
from procedures.waiving.pricing import after_decisions
from procedures.waiving.reading import Asked, asked, decided


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One line of "my applications"; `due_on` is the expected day of the result.

    `draft_until` is until when a draft is kept, `correct_by` by when a correction is to be sent.
    """

    application_id: str
    reference: str | None
    procedure: Procedure
    status: Status
    changed_at: datetime
    submitted_at: datetime | None
    due_on: date | None
    draft_until: date | None
    correct_by: date | None


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case for its owner. `answers` are the submitted ones (empty while a draft).

    `quote` is the price by what was decided on the reductions asked for, `waivers`.
    """

    application_id: str
    reference: str | None
    procedure: Procedure
    status: Status
    changed_at: datetime
    submitted_at: datetime | None
    due_on: date | None
    round: int
    answers: dict[str, Any]
    quote: FeeQuote | None
    files: tuple[KeptFile, ...]
    timeline: tuple[Happening, ...]
    decision: Told | None
    certificates: tuple[IssuedCertificate, ...]
    may_withdraw: bool
    waivers: tuple[Asked, ...] = ()

    @property
    def undecided(self) -> tuple[Asked, ...]:
        """The reductions that wait to be decided."""
        return tuple(one for one in self.waivers if one.waits)


_application, _draft, _request = Application.__table__, Draft.__table__, CorrectionRequest.__table__

# Fixed statements: putting one together anew costs several times what running it does.
_OWN = Fixed(
    select(
        _application.c.id,
        _application.c.reference,
        _application.c.digest,
        _application.c.status,
        _application.c.status_changed_at,
        _application.c.submitted_at,
        _application.c.due_on,
        _draft.c.updated_at,
        _draft.c.keep_days,
        _request.c.due_on.label("correct_by"),
    )
    .select_from(
        _application.outerjoin(_draft, _draft.c.application_id == _application.c.id).outerjoin(
            _request, and_(_request.c.application_id == _application.c.id, _request.c.state == "open")
        )
    )
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
            _draft_until(row),
            row.correct_by,
        )
        for row in _OWN.all(session, {"owner_key": actor.owner_key, "most": limit})
    ]


def _draft_until(row: Row[Any]) -> date | None:
    if row.status != Status.DRAFT or row.updated_at is None:
        return None
    return tokyo_day(row.updated_at + timedelta(days=row.keep_days))


def view_own(session: Session, actor: Actor, application_id: str) -> OwnCase:
    """One of the actor's cases. Raises `NotFound` for a missing one and another's alike."""
    row = _ONE.one_or_none(session, {"case_id": application_id, "owner_key": actor.owner_key})
    if row is None:
        raise NotFound(application_id)
    sent = casefile.submission(session, application_id)
    status, procedure = Status(row.status), library.by_digest(session, row.digest)
    waivers = asked(session, application_id, procedure)
    return OwnCase(
        application_id=row.id,
        reference=row.reference,
        procedure=procedure,
        status=status,
        changed_at=row.status_changed_at,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        round=row.round,
        answers=sent.answers,
        quote=_price(procedure, sent, row.submitted_at, waivers),
        files=sent.files,
        timeline=casefile.timeline(session, application_id, for_applicant=True),
        decision=casefile.decision(session, application_id),
        certificates=casefile.certificates(session, application_id),
        may_withdraw=Event.WITHDRAW in events_from(status, Who.APPLICANT),
        waivers=waivers,
    )


def _price(
    procedure: Procedure, sent: casefile.Sent, submitted_at: datetime | None, waivers: tuple[Asked, ...]
) -> FeeQuote | None:
    if submitted_at is None:
        return sent.quote
    return after_decisions(procedure, sent.answers, sent.quote, tokyo_day(submitted_at), decided(waivers))


def own_with_reference(session: Session, actor: Actor, reference: str) -> str | None:
    """The id of the actor's case with this reference; None for a missing one and another's alike."""
    query = select(Application.id).where(Application.reference == reference, Application.owner == actor.owner_key)
    return session.execute(query).scalar_one_or_none()


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """Withdraw (取下げ), or throw a draft away. Raises `NotFound`, `TransitionRefused`."""
    if lifecycle.lock(session, application_id).owner == actor.owner_key:
        count_left(session, now, application_id)
    return lifecycle.apply(session, actor, now, application_id, Event.WITHDRAW, who=Who.APPLICANT, note=note)
