"""Deciding on a reduction that was asked for: by one clerk, or proposed by one person and approved by another."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Status
from engine.model import Procedure, Waiver
from procedures import audit, grounds, library, lifecycle, notices
from procedures.actors import Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.errors import AlreadyDecided, Conflict, NotFound, NotGrantable, ProposalChanged, SamePerson
from procedures.models import WaiverRequest
from procedures.models.sealed import sealed_row
from procedures.reading.names import names_of
from procedures.waiving import pricing
from procedures.waiving.waiting import waits

_table = WaiverRequest.__table__
LONGEST_TEXT = 2_000
OPEN_TO = frozenset({Status.AWAITING_FEE, Status.RECEIVED, Status.IN_REVIEW, Status.DECISION_PROPOSED})
"""Where a case stands while its reductions can be decided: not while it is with its applicant to be corrected."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decides: per cent granted, 0 for a refusal with reasons of the list; words to the applicant."""

    percent: int
    reasons: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it. `pay_by` is the last day to pay what is demanded now of `quote`; `waits`: another one is open.

    `charged`: the fee was demanded before, so that what differs is to be settled.
    """

    application_id: str
    request_id: str
    status: Status
    quote: FeeQuote | None
    pay_by: date | None
    waits: bool
    charged: bool


def decide(
    session: Session, actor: Actor, now: datetime, application_id: str, request_id: str, choice: Choice
) -> Settled:
    """Decide as a clerk of the office, where one person is enough.

    Raises `NotFound`, `Conflict` (somebody else has the case, or its applicant), `AlreadyDecided`, `NotGrantable` (also
    where the spec wants two people), `NoLawfulReason`.
    """
    case, row, waiver, procedure = _opened(session, actor, "waiver.propose", application_id, request_id)
    if row.people != 1:
        raise NotGrantable(row.waiver_id)
    values = _checked(waiver, choice)
    return _finish(session, actor, now, case, row, procedure, values)


def propose(
    session: Session, actor: Actor, now: datetime, application_id: str, request_id: str, choice: Choice
) -> None:
    """Propose a decision as a clerk, for an approver of the office. Raises as `decide` does, and `ProposalChanged`."""
    _, row, waiver, _ = _opened(session, actor, "waiver.propose", application_id, request_id)
    if row.people == 1:
        raise NotGrantable(row.waiver_id)
    if row.state != "open":
        raise ProposalChanged(row.id)
    values = {**_checked(waiver, choice), "proposed_by": actor.id, "proposed_at": now, "note": None}
    _write(session, row, {**values, "state": "proposed"})
    _note(session, actor, now, row, waiver, "waiver.propose", choice.percent)


def approve(session: Session, actor: Actor, now: datetime, application_id: str, request_id: str) -> Settled:
    """Decide as was proposed, as an approver who did not propose it.

    Raises `NotFound`, `AlreadyDecided`, `ProposalChanged`, `SamePerson`.
    """
    case, row, _, procedure = _proposed(session, actor, application_id, request_id)
    return _finish(session, actor, now, case, row, procedure, {"percent": row.percent})


def send_back(session: Session, actor: Actor, now: datetime, application_id: str, request_id: str, note: str) -> None:
    """Give what was proposed back to the clerk with a note. Raises as `approve` does."""
    _, row, waiver, _ = _proposed(session, actor, application_id, request_id)
    _write(session, row, {"state": "open", "note": note[:LONGEST_TEXT]})
    _note(session, actor, now, row, waiver, "waiver.send_back", row.percent or 0)


def _opened(
    session: Session, actor: Actor, action: str, application_id: str, request_id: str
) -> tuple[Row[Any], Row[Any], Waiver, Procedure]:
    """Case, request and reduction, with the case locked; the second of two deciders learns who was first."""
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or not may(actor, action, case):
        raise NotFound(application_id)
    query = select(_table).where(_table.c.id == request_id, _table.c.application_id == application_id)
    row = session.execute(query).one_or_none()
    if row is None or row.state == "ended":
        raise NotFound(request_id)
    if row.decided_by is not None:
        raise AlreadyDecided(_name(session, row.decided_by), row.decided_at)
    if Status(case.status) not in OPEN_TO:
        raise lifecycle.last_change(session, application_id)
    if action == "waiver.propose" and case.claimed_by not in {None, actor.id}:
        raise Conflict(_name(session, case.claimed_by), case.claimed_at)
    procedure = library.by_digest(session, case.digest)
    return case, row, pricing.waiver_of(procedure, row.waiver_id), procedure


def _proposed(
    session: Session, actor: Actor, application_id: str, request_id: str
) -> tuple[Row[Any], Row[Any], Waiver, Procedure]:
    case, row, waiver, procedure = _opened(session, actor, "waiver.decide", application_id, request_id)
    if row.state != "proposed":
        raise ProposalChanged(request_id)
    if row.proposed_by == actor.id:
        raise SamePerson
    return case, row, waiver, procedure


def _checked(waiver: Waiver, choice: Choice) -> dict[str, Any]:
    """What is kept of a choice that the spec allows, in the words in which it is told."""
    if waiver.decision is None or choice.percent not in {0, *waiver.grants}:
        raise NotGrantable(waiver.id)
    refused = choice.percent == 0
    return {
        "percent": choice.percent,
        "reasons": grounds.frozen(waiver.decision.reasons, choice.reasons) if refused else [],
        "text": choice.text[:LONGEST_TEXT],
        "appeal": None if choice.percent == waiver.whole else grounds.by_language(waiver.decision.appeal),
    }


def _finish(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Row[Any],
    row: Row[Any],
    procedure: Procedure,
    values: dict[str, Any],
) -> Settled:
    """Write the decision and the price that comes of it, and tell the applicant once nothing waits any more."""
    state = "granted" if values["percent"] else "refused"
    granted = {**pricing.granted(session, case.id), row.waiver_id: values["percent"]}
    quote = pricing.price(session, procedure, case, granted, tokyo_day(now))
    kept = {**values, "state": state, "decided_by": actor.id, "decided_at": now, "note": None}
    _write(session, row, {**kept, "quote": quote.to_json() if quote else None})
    waiver = pricing.waiver_of(procedure, row.waiver_id)
    _note(session, actor, now, row, waiver, "waiver.decide", values["percent"])
    waiting, status = waits(session, case.id), Status(case.status)
    at_submission = procedure.fees is not None and not procedure.fees.after_review
    pay_by = pricing.payable_until(session, procedure, case, tokyo_day(now)) if at_submission else None
    charged = at_submission and status is not Status.AWAITING_FEE
    if charged:
        notices.queue(session, now, "waiver_told", case.id)
    elif not waiting:
        _tell(session, now, case.id, quote, pay_by)
    return Settled(case.id, row.id, status, quote, pay_by, waiting, charged)


def _tell(session: Session, now: datetime, application_id: str, quote: FeeQuote | None, pay_by: date | None) -> None:
    if pay_by is not None and quote is not None and quote.total:
        notices.queue(session, now, "waiver_pay", application_id, yen=quote.total, pay_by=pay_by.isoformat())
    elif quote is not None and quote.total:
        notices.queue(session, now, "waiver_later", application_id, yen=quote.total)
    else:
        notices.queue(session, now, "waiver_free", application_id)


def _write(session: Session, row: Row[Any], values: dict[str, Any]) -> None:
    session.execute(
        update(_table).where(_table.c.id == row.id).values(**sealed_row(row.application_id, _table, values))
    )


def _note(
    session: Session, actor: Actor, now: datetime, row: Row[Any], waiver: Waiver, what: str, percent: int
) -> None:
    asked = waiver.decision.asked if waiver.decision else ""
    audit.record(session, actor, now, what, row.application_id, [asked], note=f"{row.waiver_id} {percent}%")


def _name(session: Session, person_id: str) -> str:
    return names_of(session, [person_id]).get(person_id, person_id)
