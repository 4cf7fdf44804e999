"""Asking for a correction, and taking the request back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert
from sqlalchemy.orm import Session

from engine.calendar import add_business_days, business_days_before, business_days_between, open_day
from engine.correcting import asked, field_at
from engine.journey import walk
from engine.lifecycle import Event, Status, Who, target
from engine.model import Procedure
from procedures import audit, library, lifecycle, notices
from procedures.actors import Actor
from procedures.authority import may
from procedures.corrections import kept
from procedures.corrections.kept import Mark
from procedures.days import tokyo_day
from procedures.errors import Conflict, CorrectionRefused, NotFound
from procedures.keyring.owned import of
from procedures.models import CorrectionItem, CorrectionRequest, new_id
from procedures.models.sealed import sealed_row
from procedures.reading import casefile
from procedures.reading.names import names_of
from procedures.waiving.waiting import before_the_fee

SHORTEST = 3
"""Business days that an applicant has at least."""
LONGEST = timedelta(days=366)


def default_day(procedure: Procedure, today: date) -> date:
    """The day that a clerk is offered."""
    days = procedure.review.correction.days if procedure.review else SHORTEST
    return add_business_days(today, max(days, SHORTEST))


def earliest_day(today: date) -> date:
    """The first day that may be set."""
    return add_business_days(today, SHORTEST)


def request(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    marks: Sequence[Mark],
    words: str,
    due_on: date,
) -> str:
    """Ask the applicant to correct what is marked by the end of `due_on` (Tokyo); returns the request's id.

    A day on which the offices are closed becomes the next on which they are open. The standard period stands still
    until the answer. Raises `NotFound`, `Conflict` (somebody else has the case), `TransitionRefused`, and
    `CorrectionRefused` where nothing is asked for, a place is none of the submission's, or the day does not do.
    """
    case = locked_by_clerk(session, actor, application_id)
    facts = before_the_fee(session, case.id, Status(case.status))
    target(Status(case.status), Event.REQUEST_CORRECTION, Who.CLERK, facts)
    procedure, today = library.by_digest(session, case.digest), tokyo_day(now)
    _check(session, case, procedure, marks, words)
    if not earliest_day(today) <= due_on <= today + LONGEST:
        raise CorrectionRefused("day")
    due_on = open_day(due_on)
    row = {
        "id": new_id(),
        "application_id": application_id,
        "round": case.round,
        "words": words,
        "requested_by": actor.id,
        "requested_at": now,
        "due_on": due_on,
        "remind_on": remind_on(procedure, due_on, today),
        "state": "open",
        "revision": 1,
    }
    session.execute(insert(CorrectionRequest.__table__), sealed_row(application_id, CorrectionRequest, row))
    items = [
        {"request_id": row["id"], "number": number, "place": list(mark.place), "why": of(application_id, mark.why)}
        for number, mark in enumerate(marks, 1)
    ]
    if items:
        session.execute(insert(CorrectionItem.__table__), items)
    lifecycle.apply(session, actor, now, application_id, Event.REQUEST_CORRECTION, who=Who.CLERK, facts=facts)
    notices.queue(session, now, "correction_requested", application_id, answer_by=due_on.isoformat())
    fields = [field.path for mark in marks if (field := field_at(procedure, mark.place))]
    audit.record(session, actor, now, "correction.request", application_id, fields)
    return row["id"]


def take_back(session: Session, actor: Actor, now: datetime, application_id: str) -> Status:
    """The clerk needs no correction any more: the review goes on. Raises as `request` does."""
    case = locked_by_clerk(session, actor, application_id)
    facts = before_the_fee(session, case.id, Status(case.status))
    target(Status(case.status), Event.RESUME, Who.CLERK, facts)
    kept.close(session, now, application_id, "taken_back")
    status = lifecycle.apply(session, actor, now, application_id, Event.RESUME, who=Who.CLERK, facts=facts)
    notices.queue(session, now, "correction_taken_back", application_id)
    return status


def locked_by_clerk(session: Session, actor: Actor, application_id: str) -> Row[Any]:
    """The case, locked, for a clerk whose it is or who may take it. Raises `NotFound`, `Conflict`."""
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or not may(actor, "case.request_correction", case):
        raise NotFound(application_id)
    if case.claimed_by is not None and case.claimed_by != actor.id:
        raise Conflict(names_of(session, [case.claimed_by]).get(case.claimed_by, case.claimed_by), case.claimed_at)
    return case


def _check(session: Session, case: Row[Any], procedure: Procedure, marks: Sequence[Mark], words: str) -> None:
    if not marks and not words:
        raise CorrectionRefused("nothing")
    sent = casefile.submission(session, case.id)
    known = {place for place, _ in asked(walk(procedure, sent.answers, tokyo_day(case.submitted_at)))}
    places = [mark.place for mark in marks]
    if not known.issuperset(places) or len(set(places)) != len(places):
        raise CorrectionRefused("place")
    if not all(mark.why for mark in marks):
        raise CorrectionRefused("why")


def remind_on(procedure: Procedure, due_on: date, today: date) -> date | None:
    """When to remind of a day; None where there are no more days than that: the request itself is news enough."""
    days = procedure.review.correction.remind_days if procedure.review else SHORTEST
    return business_days_before(due_on, days) if business_days_between(today, due_on) > days else None
