"""The queue of an office as one SELECT."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, false, literal, select, true

from engine.lifecycle import FINAL, Status
from engine.references import normalise
from procedures.actors import EVERYWHERE, Actor
from procedures.authority import offices_where
from procedures.days import day_begins
from procedures.models import Application, CaseMessage
from procedures.models.cases import IS_OPEN, IS_OVER, standing
from procedures.reading.asked import Day, Me, Posts, posts_of, waits_for
from procedures.reading.ordering import BY_DUE_DAY, BY_END, BY_MESSAGE, BY_SUBMISSION, Ordering, Place
from procedures.searching.finding import found_by, newest_found_by
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

_STATUSES: dict[Scope, Collection[Status]] = {
    "open": WITH_OFFICE,
    "unassigned": (Status.RECEIVED, Status.IN_REVIEW),
    "mine": (Status.IN_REVIEW,),
    "approval": (Status.DECISION_PROPOSED,),
    "with_applicant": WITH_APPLICANT,
    "waiver": (Status.AWAITING_FEE, *WITH_OFFICE),
    "late": WITH_OFFICE,
    "closed": FINAL,
}
"""Where a case of a scope may stand; a scope that is not named holds every status."""

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
    return in_offices(offices_of(actor))


def offices_of(actor: Actor) -> frozenset[str] | None:
    """Where the actor works on cases; None for every office."""
    offices = offices_where(actor, "case.read")
    return None if EVERYWHERE in offices else offices


def in_offices(offices: Collection[str] | None) -> ColumnElement[bool]:
    """Submitted cases of these offices; of all for None."""
    submitted = Application.office.is_not(None)  # given on submission
    if offices is None:
        return submitted
    listed = [literal(office) for office in sorted(offices)]
    return and_(submitted, Application.office == listed[0] if len(listed) == 1 else Application.office.in_(listed))


def in_scope(scope: Scope, me: Me, today: Day, posts: Posts) -> ColumnElement[bool]:
    """The condition of a scope for the person `me`, who works at stages as `posts` say."""
    undecided = and_(standing(Status.AWAITING_FEE), Application.id.in_(ASKING))
    further: dict[Scope, ColumnElement[bool]] = {
        "unassigned": Application.claimed_by.is_(None),
        "mine": Application.claimed_by == me,
        "approval": waits_for(me, today, posts),
        "with_applicant": ~undecided,
        "message": Application.id.in_(_UNANSWERED),
        "waiver": Application.id.in_(ASKING),
        "late": Application.due_on < today,
    }
    if scope == "closed":
        return IS_OVER
    stands = (IS_OPEN, standing(*_STATUSES[scope])) if scope in _STATUSES else ()
    return and_(*stands, further.get(scope, true()))


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
    conditions = [
        of_offices(actor),
        in_scope(filters.scope, actor.id, filters.today, posts_of(actor)),
        *_narrowed(filters),
    ]
    if filters.words.strip():
        conditions.append(Application.id.in_(found_by(filters.words, offices_of(actor))))
    return and_(*conditions)


def _narrowed(filters: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    equal = (
        (Application.procedure_id, filters.procedure_id),
        (Application.office, filters.office),
    )
    conditions += [column == wanted for column, wanted in equal if wanted is not None]
    if filters.status is not None:
        possible = filters.status in _STATUSES.get(filters.scope, Status)
        conditions.append(standing(filters.status) if possible else false())
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
    return conditions


def rows(actor: Actor, filters: QueueFilter) -> Select[tuple[Application]]:
    """The cases to list, in their order; before a place, in the opposite order."""
    query = select(Application)
    if _words_alone(filters):
        first = newest_found_by(filters.words, offices_of(actor), filters.place, filters.limit)
        query = query.where(of_offices(actor), Application.id.in_(first))
    else:
        query = query.where(matching(actor, filters))
    return ordering(filters).page(query, filters.place).limit(filters.limit)


def _words_alone(filters: QueueFilter) -> bool:
    """Whether nothing but the words is asked for, so that the terms alone say which cases come first."""
    whole = normalise(filters.words) is not None
    return filters.scope == "all" and bool(filters.words.strip()) and not whole and not _narrowed(filters)
