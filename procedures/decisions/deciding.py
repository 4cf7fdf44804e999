"""Passing a proposal on and, at its last stage, deciding as proposed (決裁); or giving it back. Once a turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Fact, Status, Who
from engine.model import Procedure
from procedures import lifecycle, notices
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.decisions import finding, papers, stages, writing
from procedures.decisions.finding import Turn
from procedures.decisions.outcomes import CHANGES, EVENTS
from procedures.errors import ProposalChanged, WaiverUndecided
from procedures.examining.completing import require_complete
from procedures.pricing import Owed, owed_on_approval
from procedures.reading import casefile
from procedures.waiving.pricing import granted
from procedures.waiving.waiting import waits


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: decided, or (status still `decision_proposed`) passed on to the next stage.

    `pay_by` is set, and `quote` due, when the case now waits for the issue fee.
    """

    application_id: str
    outcome: str
    status: Status
    quote: FeeQuote | None
    pay_by: date | None


def approve(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    proposal_id: str,
    *,
    stage: str | None = None,
    in_place_of: str | None = None,
    fee_paid: bool = False,
    seen: Mapping[str, str] | None = None,
) -> Decided:
    """Pass the proposal (also one to refuse) on to its next stage; at the last one, decide as proposed.

    `proposal_id` and `stage` are those on the screen. `in_place_of` is the id of the one for whom the actor stands in
    (代決). `fee_paid`: the fee for the issue was paid in an earlier turn and is not demanded again.
    `seen` are hashes of the papers that were on the screen: others are never decided on.

    Raises `NotFound`, `SamePerson`, `AlreadyDecided`, `ProposalChanged`, `Conflict`, `ExaminationIncomplete`, and
    `WaiverUndecided` for an approval while a reduction that is asked for waits.
    """
    turn = finding.act(session, actor, now, application_id, proposal_id, stage=stage, in_place_of=in_place_of)
    if turn.proposal.outcome in CHANGES:
        raise ProposalChanged(proposal_id)
    if turn.place.after is not None:
        return _pass_on(session, now, turn)
    return _decide(session, now, turn, fee_paid=fee_paid, seen=seen)


def send_back(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    proposal_id: str,
    note: str,
    *,
    to: Literal["clerk", "before"] = "clerk",
    in_place_of: str | None = None,
) -> Status:
    """Give it back with a note: to the clerk, who proposes anew, or to the stage before. Raises as `approve` does."""
    turn = finding.act(session, actor, now, application_id, proposal_id, in_place_of=in_place_of)
    if turn.proposal.outcome in CHANGES:
        raise ProposalChanged(proposal_id)
    event = Event.SEND_BACK
    if to == "before" and turn.place.before is not None:
        event = Event.STEP_BACK
        stages.move_back(session, actor, now, turn.proposal, turn.place.before, note)
    else:
        writing.close_proposal(session, actor, now, turn.proposal, "sent_back", note)
    who = Who(turn.place.role)
    return lifecycle.apply(session, turn.actor, now, application_id, event, who=who, note=note)


def _pass_on(session: Session, now: datetime, turn: Turn) -> Decided:
    stages.move_on(session, turn.actor, now, turn.proposal, turn.place)
    who, note = Who(turn.place.role), turn.place.here.title.ja if turn.place.here else None
    status = lifecycle.apply(session, turn.actor, now, turn.case.id, Event.ENDORSE, who=who, note=note)
    return Decided(turn.case.id, turn.proposal.outcome, status, None, None)


def _decide(session: Session, now: datetime, turn: Turn, *, fee_paid: bool, seen: Mapping[str, str] | None) -> Decided:
    case, proposal = turn.case, turn.proposal
    require_complete(session, now, case, turn.procedure, "approver", proposal.outcome)
    sent = casefile.submission(session, case.id)
    event = EVENTS[proposal.outcome]
    owed = _owed(session, turn.procedure, sent, case, now) if event is Event.APPROVE else None
    if fee_paid:
        owed = None
    writing.close_proposal(session, turn.actor, now, proposal, "decided")
    papers.keep_and_order(session, now, turn, case.turn, seen)
    facts = [Fact.FEE_DUE] if owed else []
    status = lifecycle.apply(session, turn.actor, now, case.id, event, who=Who.APPROVER, facts=facts)
    if owed is None:
        return Decided(case.id, proposal.outcome, status, sent.quote, None)
    facts_of_notice = {"yen": owed.quote.total, "pay_by": owed.pay_by.isoformat()}
    notices.queue(session, now, "issue_fee_due", case.id, **facts_of_notice)
    return Decided(case.id, proposal.outcome, status, owed.quote, owed.pay_by)


def _owed(session: Session, procedure: Procedure, sent: casefile.Sent, case: Row[Any], now: datetime) -> Owed | None:
    """Raises `WaiverUndecided` while it is open what is owed."""
    if waits(session, case.id):
        raise WaiverUndecided
    submitted_on, decided = tokyo_day(case.submitted_at or now), granted(session, case.id)
    return owed_on_approval(procedure, sent.answers, sent.quote, submitted_on, tokyo_day(now), decided)
