"""Decisions: proposed by one person with reasons, approved or sent back by another, once a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Fact, Status, Who, target
from engine.model import Procedure
from procedures import grounds, library, lifecycle, notices
from procedures.actors import Actor
from procedures.days import tokyo_day
from procedures.errors import AlreadyDecided, Conflict, NotFound, ProposalChanged, SamePerson, WaiverUndecided
from procedures.models import Decision, Proposal, new_id
from procedures.pricing import Owed, owed_on_approval
from procedures.reading import casefile
from procedures.reading.names import names_of
from procedures.waiving.pricing import granted
from procedures.waiving.waiting import waits

Outcome = Literal["approve", "refuse"]

_EVENTS = {"approve": Event.APPROVE, "refuse": Event.REFUSE}


@dataclass(frozen=True, slots=True)
class Decided:
    """The result of an approval. `pay_by` is set, and `quote` due, when the case now waits for the issue fee."""

    application_id: str
    outcome: Outcome
    status: Status
    quote: FeeQuote | None
    pay_by: date | None


def propose(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    outcome: Outcome,
    reason_codes: Sequence[str] = (),
    text: str = "",
) -> str:
    """Propose a decision as the clerk who has the case; returns the proposal's id.

    A refusal needs at least one code of the procedure's list (理由の提示, 行政手続法第8条), else `NoLawfulReason`.
    Raises `NotFound`, `Conflict` (somebody else has the case), `AlreadyDecided`, `TransitionRefused`.
    """
    case = _locked(session, actor, "clerk", application_id)
    _refuse_decided(session, case)
    if case.claimed_by is not None and case.claimed_by != actor.id:
        raise Conflict(_name(session, case.claimed_by), case.claimed_at)
    target(Status(case.status), Event.PROPOSE, Who.CLERK)
    _reasons(library.by_digest(session, case.digest), outcome, reason_codes)
    proposal = {
        "id": new_id(),
        "application_id": application_id,
        "round": case.round,
        "outcome": outcome,
        "reason_codes": list(reason_codes) if outcome == "refuse" else [],
        "text": text,
        "proposed_by": actor.id,
        "proposed_at": now,
        "state": "open",
    }
    lifecycle.apply(session, actor, now, application_id, Event.PROPOSE, who=Who.CLERK)
    session.execute(insert(Proposal.__table__), proposal)
    return proposal["id"]


def approve(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Decided:
    """Decide as was proposed (also when a refusal was proposed). `proposal_id` is the one on the approver's screen.

    Raises `NotFound`, `SamePerson`, `AlreadyDecided`, `ProposalChanged`, and `WaiverUndecided` for an approval while a
    reduction that is asked for waits.
    """
    case, proposal = _open_proposal(session, actor, application_id, proposal_id)
    procedure = library.by_digest(session, case.digest)
    sent = casefile.submission(session, application_id)
    owed = _owed(session, procedure, sent, case, now) if proposal.outcome == "approve" else None
    _close(session, now, actor, proposal_id, "decided")
    session.execute(insert(Decision.__table__), _decision(case, proposal, procedure, actor, now))
    event = _EVENTS[proposal.outcome]
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
    _open_proposal(session, actor, application_id, proposal_id)
    _close(session, now, actor, proposal_id, "sent_back", note)
    return lifecycle.apply(session, actor, now, application_id, Event.SEND_BACK, who=Who.APPROVER, note=note)


def _locked(session: Session, actor: Actor, role: str, application_id: str) -> Row[Any]:
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or not actor.serves(role, case.office):
        raise NotFound(application_id)
    return case


def _refuse_decided(session: Session, case: Row[Any]) -> None:
    """The second of two deciders learns who was first; there is never a second letter."""
    query = select(Decision).where(Decision.application_id == case.id, Decision.round == case.round)
    decision = session.execute(query).scalar_one_or_none()
    if decision is not None:
        raise AlreadyDecided(_name(session, decision.decided_by), decision.decided_at)


def _open_proposal(session: Session, actor: Actor, application_id: str, proposal_id: str) -> tuple[Row[Any], Proposal]:
    case = _locked(session, actor, "approver", application_id)
    _refuse_decided(session, case)
    query = select(Proposal).where(Proposal.application_id == application_id, Proposal.state == "open")
    proposal = session.execute(query).scalar_one_or_none()
    if proposal is None or proposal.id != proposal_id:
        raise ProposalChanged(proposal_id)
    if proposal.proposed_by == actor.id:
        raise SamePerson
    return case, proposal


def _close(
    session: Session, now: datetime, actor: Actor, proposal_id: str, state: str, note: str | None = None
) -> None:
    this = update(Proposal.__table__).where(Proposal.__table__.c.id == proposal_id)
    session.execute(this.values(state=state, closed_by=actor.id, closed_at=now, closing_note=note))


def _decision(case: Row[Any], proposal: Proposal, procedure: Procedure, actor: Actor, now: datetime) -> dict[str, Any]:
    """The row: reasons and appeal notice (教示, 行政不服審査法第82条) frozen in the words they are told in."""
    refused = proposal.outcome == "refuse"
    appeal = procedure.review.appeal if procedure.review and refused else None
    return {
        "id": new_id(),
        "application_id": case.id,
        "round": case.round,
        "proposal_id": proposal.id,
        "outcome": proposal.outcome,
        "reasons": _reasons(procedure, proposal.outcome, proposal.reason_codes),
        "text": proposal.text,
        "appeal": grounds.by_language(appeal) if appeal else None,
        "proposed_by": proposal.proposed_by,
        "decided_by": actor.id,
        "decided_at": now,
    }


def _reasons(procedure: Procedure, outcome: str, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The reasons in words. Raises `NoLawfulReason` for a refusal without one, or with one that is not on the list."""
    if outcome != "refuse":
        return []
    return grounds.frozen(procedure.review.refusal_reasons if procedure.review else (), codes)


def _owed(session: Session, procedure: Procedure, sent: casefile.Sent, case: Row[Any], now: datetime) -> Owed | None:
    """Raises `WaiverUndecided` while it is open what is owed."""
    if waits(session, case.id):
        raise WaiverUndecided
    submitted_on, decided = tokyo_day(case.submitted_at or now), granted(session, case.id)
    return owed_on_approval(procedure, sent.answers, sent.quote, submitted_on, tokyo_day(now), decided)


def _name(session: Session, person_id: str) -> str:
    return names_of(session, [person_id]).get(person_id, person_id)
