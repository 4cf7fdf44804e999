"""The queue of an office as one SELECT."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, select

from engine.lifecycle import FINAL, Status
from procedures.actors import EVERYWHERE, Actor
from procedures.authority import offices_where
from procedures.days import day_begins
from procedures.models import Application, CaseMessage, Proposal
from procedures.reading.ordering import BY_DUE_DAY, BY_END, BY_MESSAGE, BY_SUBMISSION, Ordering, Place
from procedures.searching.finding import found_by
from procedures.waiving.waiting import CASES as ASKING

Scope = Literal[
    "open", "unassigned", "mine", "approval", "with_applicant", "message", "waiver", "late", "closed", "all"
]
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
    "all",
)

WITH_OFFICE = (Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED)
WITH_APPLICANT = (Status.AWAITING_FEE, Status.CORRECTION_REQUESTED, Status.AWAITING_ISSUE_FEE)
NOBODY = "-"
"""In place of an assignee: the cases that nobody has."""


_UNANSWERED = select(CaseMessage.application_id).where(CaseMessage.settled_at.is_(None))


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What to list, and how much of it. `today` (Tokyo) decides what is late.

    What is given narrows: `assignee` is `person.id`, or `NOBODY`; days are of Tokyo, and both ends belong to what is
    wanted; `words` are what was typed into the search. `place` is where to go on; without one, at the beginning.
    """

    today: date
    scope: Scope = "open"
    procedure_id: str | None = None
    office: str | None = None
    assignee: str | None = None
    status: Status | None = None
    due_from: date | None = None
    due_to: date | None = None
    submitted_from: date | None = None
    submitted_to: date | None = None
    words: str = ""
    limit: int = 50
    place: Place | None = None


def of_offices(actor: Actor) -> ColumnElement[bool]:
    """Submitted cases that the actor's offices work on."""
    submitted, offices = and_(Application.round > 0, Application.office.is_not(None)), offices_where(actor, "case.read")
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
        "unassigned": and_(
            Application.status.in_((Status.RECEIVED, Status.IN_REVIEW)), Application.claimed_by.is_(None)
        ),
        "mine": and_(Application.status == Status.IN_REVIEW, Application.claimed_by == actor.id),
        "approval": and_(Application.status == Status.DECISION_PROPOSED, ~proposed_by_me),
        "with_applicant": and_(Application.status.in_(WITH_APPLICANT), ~undecided),
        "message": Application.id.in_(_UNANSWERED),
        "waiver": and_(Application.id.in_(ASKING), Application.status.in_((Status.AWAITING_FEE, *WITH_OFFICE))),
        "late": and_(waiting, Application.due_on < today),
        "closed": Application.status.in_(FINAL),
        "all": Application.round > 0,
    }
    return conditions[scope]


def ordering(filters: QueueFilter) -> Ordering:
    """What is due, or waits for an answer, first; what is over, newest first.

    Where days of submission are asked for among cases that are over, they order the cases as well.
    """
    if filters.scope == "message":
        return BY_MESSAGE
    if filters.scope not in {"closed", "all"} or filters.due_from or filters.due_to:
        return BY_DUE_DAY
    if filters.scope == "all" or filters.submitted_from or filters.submitted_to:
        return BY_SUBMISSION
    return BY_END


def matching(actor: Actor, filters: QueueFilter) -> ColumnElement[bool]:
    """The condition of everything that is asked for."""
    return and_(of_offices(actor), in_scope(filters.scope, actor, filters.today), *_narrowed(filters))


def _narrowed(filters: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    equal = (
        (Application.procedure_id, filters.procedure_id),
        (Application.office, filters.office),
        (Application.status, filters.status),
    )
    conditions += [column == wanted for column, wanted in equal if wanted is not None]
    if filters.assignee == NOBODY:
        conditions.append(Application.claimed_by.is_(None))
    elif filters.assignee is not None:
        conditions.append(Application.claimed_by == filters.assignee)
    if filters.due_from:
        conditions.append(Application.due_on >= filters.due_from)
    if filters.due_to:
        conditions.append(Application.due_on <= filters.due_to)
    if filters.submitted_from:
        conditions.append(Application.submitted_at >= day_begins(filters.submitted_from))
    if filters.submitted_to:
        conditions.append(Application.submitted_at < day_begins(filters.submitted_to, days=1))
    if filters.words.strip():
        conditions.append(found_by(filters.words))
    return conditions


def rows(actor: Actor, filters: QueueFilter) -> Select[tuple[Application]]:
    """The cases to list, in their order; before a place, in the opposite order."""
    query = select(Application).where(matching(actor, filters))
    return ordering(filters).page(query, filters.place).limit(filters.limit)


def counts(actor: Actor, today: date) -> Select[tuple[int, ...]]:
    """How many cases each scope holds, as one row in the order of `SCOPES`."""
    totals = [func.count().filter(in_scope(scope, actor, today)).label(scope) for scope in SCOPES]
    return select(*totals).select_from(Application).where(of_offices(actor))
