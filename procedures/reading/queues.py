"""The queue of an office as one SELECT."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, select

from engine.lifecycle import FINAL, Status
from engine.references import normalise
from procedures.actors import EVERYWHERE, Actor
from procedures.models import Application, CaseMessage, Proposal
from procedures.waiving.waiting import CASES as ASKING

Scope = Literal["open", "unassigned", "mine", "approval", "with_applicant", "message", "waiver", "late", "closed"]
SCOPES: tuple[Scope, ...] = (
    "open",
    "unassigned",
    "mine",
    "approval",
    "with_applicant",
    "message",
    "waiver",
    "late",
    "closed",
)

READERS = ("clerk", "approver")
WITH_OFFICE = (Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED)
WITH_APPLICANT = (Status.AWAITING_FEE, Status.CORRECTION_REQUESTED, Status.AWAITING_ISSUE_FEE)


_UNANSWERED = select(CaseMessage.application_id).where(CaseMessage.settled_at.is_(None))
_WAITING_SINCE = (
    select(func.min(CaseMessage.at))
    .where(CaseMessage.application_id == Application.id, CaseMessage.settled_at.is_(None))
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What to list. `today` (Tokyo) decides what is late; `reference` finds one case by its number."""

    today: date
    scope: Scope = "open"
    reference: str | None = None
    procedure_id: str | None = None
    limit: int = 50
    offset: int = 0


def of_offices(actor: Actor) -> ColumnElement[bool]:
    """Submitted cases that the actor's offices work on."""
    submitted, offices = and_(Application.round > 0, Application.office.is_not(None)), actor.offices_as(*READERS)
    return submitted if EVERYWHERE in offices else and_(submitted, Application.office.in_(sorted(offices)))


def in_scope(scope: Scope, actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition of a scope."""
    waiting = Application.status.in_(WITH_OFFICE)
    proposed_by_me = (
        select(Proposal.id)
        .where(Proposal.application_id == Application.id, Proposal.state == "open", Proposal.proposed_by == actor.id)
        .exists()
    )
    undecided = and_(Application.status == Status.AWAITING_FEE, Application.id.in_(ASKING))
    conditions: dict[Scope, ColumnElement[bool]] = {
        "open": waiting,
        "unassigned": Application.status == Status.RECEIVED,
        "mine": and_(Application.status == Status.IN_REVIEW, Application.claimed_by == actor.id),
        "approval": and_(Application.status == Status.DECISION_PROPOSED, ~proposed_by_me),
        "with_applicant": and_(Application.status.in_(WITH_APPLICANT), ~undecided),
        "message": Application.id.in_(_UNANSWERED),
        "waiver": and_(Application.id.in_(ASKING), Application.status.in_((Status.AWAITING_FEE, *WITH_OFFICE))),
        "late": and_(waiting, Application.due_on < today),
        "closed": Application.status.in_(FINAL),
    }
    return conditions[scope]


def rows(actor: Actor, filters: QueueFilter) -> Select[tuple[Application]]:
    """The cases to list: what is due, or waits for an answer, first on top, closed ones newest first.

    A number is looked up in every scope.
    """
    query = select(Application).where(of_offices(actor))
    if filters.reference:
        query = query.where(Application.reference == (normalise(filters.reference) or ""))
    else:
        query = query.where(in_scope(filters.scope, actor, filters.today))
    if filters.procedure_id:
        query = query.where(Application.procedure_id == filters.procedure_id)
    if filters.scope == "closed":
        query = query.order_by(Application.status_changed_at.desc(), Application.id)
    elif filters.scope == "message":
        query = query.order_by(_WAITING_SINCE, Application.id)
    else:
        query = query.order_by(Application.due_on.is_(None), Application.due_on, Application.submitted_at)
    return query.limit(filters.limit).offset(filters.offset)


def counts(actor: Actor, today: date) -> Select[tuple[int, ...]]:
    """How many cases each scope holds, as one row in the order of `SCOPES`."""
    totals = [func.count().filter(in_scope(scope, actor, today)).label(scope) for scope in SCOPES]
    return select(*totals).select_from(Application).where(of_offices(actor))
