"""Deciding as proposed (決裁), or giving the case back; by somebody else than the proposer, once a turn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Fact, Status, Who
from engine.model import Procedure
from procedures import library, lifecycle, notices
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.decisions import finding, writing
from procedures.decisions.outcomes import CHANGES, EVENTS
from procedures.errors import ProposalChanged, WaiverUndecided
from procedures.examining.completing import require_complete
from procedures.pricing import Owed, owed_on_approval
from procedures.reading import casefile
from procedures.waiving.pricing import granted
from procedures.waiving.waiting import waits


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of an approval. `pay_by` is set, and `quote` due, when the case now waits for the issue fee."""

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
    fee_paid: bool = False,
) -> Decided:
    """Decide as was proposed (also when a refusal was proposed). `proposal_id` is the one on the approver's screen.

    `fee_paid`: the fee for the issue was paid in an earlier turn and is not demanded again. Raises `NotFound`,
    `SamePerson`, `AlreadyDecided`, `ProposalChanged`, `ExaminationIncomplete`, and `WaiverUndecided` for an approval
    while a reduction that is asked for waits.
    """
    case = finding.locked(session, actor, "case.decide", application_id)
    proposal = finding.open_proposal(session, actor, case, proposal_id)
    if proposal.outcome in CHANGES:
        raise ProposalChanged(proposal_id)
    procedure = library.by_digest(session, case.digest)
    require_complete(session, now, case, procedure, "approver", proposal.outcome)
    sent = casefile.submission(session, application_id)
    event = EVENTS[proposal.outcome]
    owed = _owed(session, procedure, sent, case, now) if event is Event.APPROVE else None
    if fee_paid:
        owed = None
    writing.close_proposal(session, actor, now, proposal_id, "decided")
    writing.keep_decision(session, actor, now, case, case.turn, proposal, procedure)
    facts = [Fact.FEE_DUE] if owed else []
    status = lifecycle.apply(session, actor, now, application_id, event, who=Who.APPROVER, facts=facts)
    if owed is None:
        return Decided(application_id, proposal.outcome, status, sent.quote, None)
    facts_of_notice = {"yen": owed.quote.total, "pay_by": owed.pay_by.isoformat()}
    notices.queue(session, now, "issue_fee_due", application_id, **facts_of_notice)
    return Decided(application_id, proposal.outcome, status, owed.quote, owed.pay_by)


def send_back(
    session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str, note: str
) -> Status:
    """Give the case back to the clerk with a note. Raises as `approve` does; the proposer may not do it either."""
    case = finding.locked(session, actor, "case.decide", application_id)
    finding.open_proposal(session, actor, case, proposal_id)
    writing.close_proposal(session, actor, now, proposal_id, "sent_back", note)
    return lifecycle.apply(session, actor, now, application_id, Event.SEND_BACK, who=Who.APPROVER, note=note)


def _owed(session: Session, procedure: Procedure, sent: casefile.Sent, case: Row[Any], now: datetime) -> Owed | None:
    """Raises `WaiverUndecided` while it is open what is owed."""
    if waits(session, case.id):
        raise WaiverUndecided
    submitted_on, decided = tokyo_day(case.submitted_at or now), granted(session, case.id)
    return owed_on_approval(procedure, sent.answers, sent.quote, submitted_on, tokyo_day(now), decided)
