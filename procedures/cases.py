"""Cases as staff see them: the queue of an office, one case, claiming it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status, Who, events_from
from engine.model import Procedure
from engine.references import normalise
from procedures import audit, library, lifecycle
from procedures.actors import SYSTEM, Actor
from procedures.authority import may, require
from procedures.corrections.reading import until
from procedures.correspondence.reading import waiting_since
from procedures.days import tokyo_day
from procedures.errors import Conflict, NotFound
from procedures.examining.completing import asks
from procedures.examining.entries import filled_in
from procedures.models import Application, Proposal
from procedures.reading import casefile, queues
from procedures.reading.casefile import Happening, IssuedCertificate, KeptFile, Told
from procedures.reading.counting import counts
from procedures.reading.names import names_of
from procedures.reading.ordering import Place
from procedures.reading.queues import QueueFilter, Scope
from procedures.waiving.pricing import after_decisions
from procedures.waiving.reading import Asked, asked, decided
from procedures.waiving.waiting import decide_by

__all__ = [
    "CaseView",
    "Place",
    "ProposalView",
    "QueueFilter",
    "QueueRow",
    "Scope",
    "claim",
    "counts",
    "queue",
    "view",
    "with_reference",
]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; `claimed_by` is a name.

    `correct_by` is by when the applicant is to answer; `round` counts submissions, so that above 1 it was corrected.
    `message_since` is since when a message of the applicant waits for an answer, `waiver_by` by when to decide on a
    reduction that is asked for. `place` is where it stands in the order of the queue.
    """

    application_id: str
    reference: str
    procedure: Procedure
    status: Status
    office: str
    submitted_at: datetime
    due_on: date | None
    late: bool
    claimed_by: str | None
    correct_by: date | None
    round: int
    message_since: datetime | None
    waiver_by: date | None
    place: Place


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal; `by` and `by_id` name the proposer, `state` open, sent_back or decided; `asked`: who has it."""

    id: str
    outcome: str
    reason_codes: tuple[str, ...]
    text: str
    by: str
    by_id: str
    at: datetime
    state: str
    closing_note: str | None
    granted: str | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case for staff. `actions` are the events that this actor can do now: the buttons.

    `language` is the one that the applicant is written to in. `quote` is the price by what was decided on `waivers`.
    """

    application_id: str
    reference: str
    procedure: Procedure
    status: Status
    office: str
    language: str
    round: int
    submitted_at: datetime
    due_on: date | None
    claimed_by: str | None
    claimed_by_id: str | None
    answers: dict[str, Any]
    quote: FeeQuote | None
    files: tuple[KeptFile, ...]
    timeline: tuple[Happening, ...]
    proposals: tuple[ProposalView, ...]
    decision: Told | None
    certificates: tuple[IssuedCertificate, ...]
    actions: frozenset[Event]
    applicant: dict[str, Any] | None = None
    waivers: tuple[Asked, ...] = ()
    filled: Mapping[str, Any] = field(default_factory=dict)  # by staff, as certificates print it


def queue(session: Session, actor: Actor, filters: QueueFilter) -> list[QueueRow]:
    """Submitted cases of the actor's offices, in the order of `queues.ordering`."""
    rows = session.execute(queues.rows(actor, filters)).scalars().all()
    if filters.place is not None and filters.place.back:
        rows = rows[::-1]
    order = queues.ordering(filters)
    names = names_of(session, (row.claimed_by for row in rows))
    answers = until(session, (row.id for row in rows if row.status == Status.CORRECTION_REQUESTED))
    written = waiting_since(session, (row.id for row in rows))
    asked_for = decide_by(session, (row.id for row in rows))
    return [
        QueueRow(
            row.id,
            row.reference,
            library.by_digest(session, row.digest),
            Status(row.status),
            row.office,
            row.submitted_at,
            row.due_on,
            late=row.due_on is not None and row.due_on < filters.today and row.status in queues.WITH_OFFICE,
            claimed_by=names.get(row.claimed_by),
            correct_by=answers.get(row.id),
            round=row.round,
            message_since=written.get(row.id),
            waiver_by=asked_for.get(row.id),
            place=order.place_of(row, written.get(row.id)),
        )
        for row in rows
    ]


def with_reference(session: Session, actor: Actor, text: str) -> str | None:
    """The id of the case of the actor's offices with this number, however it was typed; None where there is none."""
    query = select(Application.id).where(Application.reference == normalise(text), queues.of_offices(actor))
    return session.execute(query).scalar_one_or_none()


def view(session: Session, actor: Actor, application_id: str) -> CaseView:
    """One submitted case of the actor's offices. Raises `NotFound` for all others."""
    mine = select(Application).where(Application.id == application_id, queues.of_offices(actor))
    row = session.execute(mine).scalar_one_or_none()
    if row is None:
        raise NotFound(application_id)
    return _view(session, actor, row)


def view_for_opinion(session: Session, application_id: str) -> CaseView:
    """The case for an office that was asked for its opinion, which the caller has made sure of: nothing to do in it."""
    row = session.execute(select(Application).where(Application.id == application_id)).scalar_one()
    return _view(session, SYSTEM, row)


def _view(session: Session, actor: Actor, row: Application) -> CaseView:
    application_id = row.id
    sent = casefile.submission(session, application_id)
    proposals = _proposals(session, application_id)
    procedure = library.by_digest(session, row.digest)
    waivers, day = asked(session, application_id, procedure), tokyo_day(row.submitted_at)
    return CaseView(
        application_id=row.id,
        reference=row.reference,
        procedure=procedure,
        status=Status(row.status),
        office=row.office,
        language=row.language,
        round=row.round,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        claimed_by=names_of(session, [row.claimed_by]).get(row.claimed_by),
        claimed_by_id=row.claimed_by,
        answers=sent.answers,
        quote=after_decisions(procedure, sent.answers, sent.quote, day, decided(waivers)),
        files=sent.files,
        timeline=casefile.timeline(session, application_id, for_applicant=False),
        proposals=proposals,
        decision=casefile.decision(session, application_id),
        certificates=casefile.certificates(session, application_id),
        actions=_actions(actor, row, proposals, waits=any(one.waits for one in waivers)),
        applicant=sent.applicant,
        waivers=waivers,
        filled=filled_in(session, application_id) if asks(procedure) else {},
    )


def _proposals(session: Session, application_id: str) -> tuple[ProposalView, ...]:
    query = select(Proposal).where(Proposal.application_id == application_id).order_by(Proposal.proposed_at)
    rows = session.execute(query).scalars().all()
    names = names_of(session, (one for row in rows for one in (row.proposed_by, row.asked)))
    return tuple(
        ProposalView(
            row.id,
            row.outcome,
            tuple(row.reason_codes),
            row.text,
            names.get(row.proposed_by, row.proposed_by),
            row.proposed_by,
            row.proposed_at,
            row.state,
            row.closing_note,
            row.granted,
            names.get(row.asked),
        )
        for row in rows
    )


def _actions(actor: Actor, row: Application, proposals: tuple[ProposalView, ...], *, waits: bool) -> frozenset[Event]:
    """The table of transitions, less what is somebody else's, less approving what one proposed oneself.

    Before the fee, there is something to do only while a reduction waits to be decided.
    """
    status = Status(row.status)
    possible: frozenset[Event] = frozenset()
    if status is Status.AWAITING_FEE and not waits:
        return possible
    if any(proposal.state == "open" and proposal.by_id == actor.id for proposal in proposals):
        return possible
    if may(actor, "case.claim", row) and row.claimed_by in {None, actor.id}:
        possible |= events_from(status, Who.CLERK)
    if may(actor, "case.decide", row):
        possible |= events_from(status, Who.APPROVER)
    return possible


def claim(session: Session, actor: Actor, now: datetime, application_id: str) -> Status:
    """Take the case (role clerk), also one that was given back or transferred. One's own again changes nothing.

    Raises `NotFound`, `Conflict(who, when)` when somebody else has it, `TransitionRefused`.
    """
    row = lifecycle.lock(session, application_id)
    require(actor, "case.claim", row, application_id)
    if row.claimed_by == actor.id:
        return Status(row.status)
    if row.claimed_by is not None:
        raise Conflict(names_of(session, [row.claimed_by]).get(row.claimed_by, row.claimed_by), row.claimed_at)
    status = Status(row.status)
    if status in {Status.IN_REVIEW, Status.CORRECTION_REQUESTED}:
        audit.record(session, actor, now, Event.CLAIM.value, application_id, note=status.value)
    else:
        status = lifecycle.apply(session, actor, now, application_id, Event.CLAIM, who=Who.CLERK)
    mine = update(Application.__table__).where(Application.__table__.c.id == application_id)
    session.execute(mine.values(claimed_by=actor.id, claimed_at=now))
    return status
