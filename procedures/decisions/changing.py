"""Decided cases taken up again, or revoked: proposed by one person, confirmed by an approver, each in a new turn.

A revocation (職権取消し) is a decision of its own: with reasons (行政手続法第14条), an appeal notice, and how the
holder was heard before (聴聞・弁明の機会の付与, 同法第13条). Taking a case up again is no decision: it makes room for
the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Row, exists, select, update
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Fact, Status, Who, target
from procedures import audit, certificates, library, lifecycle
from procedures.actors import Actor
from procedures.assigning.arriving import proposed
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.decisions import finding, outcomes, papers, stages, writing
from procedures.decisions.finding import Turn
from procedures.decisions.outcomes import CHANGES, EVENTS, Change
from procedures.errors import Conflict, NotFound, ProposalChanged, SamePerson
from procedures.models import Application, StatusHistory
from procedures.submitting import acceptance

Heard = Literal["hearing", "explanation", "exempt", "asked_for"]
HEARD: tuple[Heard, ...] = ("hearing", "explanation", "exempt", "asked_for")


@dataclass(frozen=True, slots=True)
class Hearing:
    """How the holder was heard before a revocation (行政手続法第13条第1項), or why not.

    `how` is hearing (聴聞), explanation (弁明の機会の付与), exempt (同条第2項), or asked_for (the holder asks for the
    revocation, 同法第2条第4号ハ); `on` is the day of the hearing, `note` its record's number or the ground.
    """

    how: Heard
    on: date | None = None
    note: str = ""

    def frozen(self) -> dict[str, Any]:
        """As it is kept."""
        return {"how": self.how, "on": self.on.isoformat() if self.on else None, "note": self.note}


def propose_revocation(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    reason_codes: Sequence[str],
    text: str,
    hearing: Hearing,
) -> str:
    """Propose to revoke what was approved; returns the proposal's id.

    Raises `NotFound`, `TransitionRefused`, `NoLawfulReason`, `Conflict` where something is proposed already.
    """
    case = _changeable(session, actor, application_id, "revoke")
    outcomes.reasons(library.by_digest(session, case.digest), "revoke", reason_codes)
    return _keep(session, actor, now, case, "revoke", reason_codes, text, hearing=hearing.frozen())


def propose_reopening(session: Session, actor: Actor, now: datetime, application_id: str, text: str) -> str:
    """Propose to take a refused, revoked or lapsed case up again. Raises as `propose_revocation` does."""
    case = _changeable(session, actor, application_id, "reopen")
    return _keep(session, actor, now, case, "reopen", (), text)


def confirm(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Status:
    """Do what was proposed, as an approver who did not propose it; the case begins its next turn.

    Raises `NotFound`, `SamePerson`, `AlreadyDecided`, `ProposalChanged`, `TransitionRefused`.
    """
    case = finding.locked(session, actor, "case.decide", application_id)
    proposal = finding.open_proposal(session, actor, case, proposal_id)
    if proposal.outcome not in CHANGES:
        raise ProposalChanged(proposal_id)
    procedure = library.by_digest(session, case.digest)
    event = EVENTS[proposal.outcome]
    writing.close_proposal(session, actor, now, proposal, "decided")
    turn = _next_turn(session, case)
    facts = _facts(session, application_id)
    if event is Event.REVOKE:
        place = stages.place_of(procedure, None)
        papers.keep_and_order(session, now, Turn(actor, case, proposal, procedure, place), turn)
        certificates.revoke(session, actor, now, application_id, proposal.text[: certificates.LONGEST_REASON])
    status = lifecycle.apply(session, actor, now, application_id, event, who=Who.APPROVER, facts=facts)
    if event is Event.REOPEN:
        acceptance.hold_again(session, now, application_id, procedure, tokyo_day(case.submitted_at))
    return status


def drop(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str, note: str) -> None:
    """Let such a proposal go: an approver who does not confirm it, or its proposer. Raises as `confirm` does."""
    case = lifecycle.lock(session, application_id)
    if not _concerned(actor, case):
        raise NotFound(application_id)
    proposal = finding.open_of(session, application_id)
    if proposal is None or proposal.id != proposal_id or proposal.outcome not in CHANGES:
        finding.refuse_decided(session, case)
        raise ProposalChanged(proposal_id)
    if proposal.proposed_by != actor.id and not may(actor, "case.decide", case):
        raise SamePerson
    writing.close_proposal(session, actor, now, proposal, "sent_back", note)
    audit.record(session, actor, now, f"{proposal.outcome}.dropped", application_id)


def _changeable(session: Session, actor: Actor, application_id: str, change: Change) -> Row[Any]:
    """The locked case if the change is possible now. Whoever works on cases of the office may propose it."""
    case = lifecycle.lock(session, application_id)
    if not _concerned(actor, case):
        raise NotFound(application_id)
    facts = {*_facts(session, application_id)}
    if library.by_digest(session, case.digest).review is not None:
        facts.add(Fact.REVIEWED)
    target(Status(case.status), EVENTS[change], Who.APPROVER, facts)
    waiting = finding.open_of(session, application_id)
    if waiting is not None:
        raise Conflict(finding.name(session, waiting.proposed_by), waiting.proposed_at)
    return case


def _concerned(actor: Actor, case: Row[Any]) -> bool:
    return case.round > 0 and may(actor, "case.propose_change", case)


def _keep(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Row[Any],
    change: Change,
    codes: Sequence[str],
    text: str,
    **more: Any,
) -> str:
    audit.record(session, actor, now, f"{change}.proposed", case.id)
    proposed(session, now, case.id)
    return writing.keep_proposal(session, actor, now, case, change, codes, text, **more)


def _next_turn(session: Session, case: Row[Any]) -> int:
    this = update(Application.__table__).where(Application.__table__.c.id == case.id)
    session.execute(this.values(turn=case.turn + 1))
    return case.turn + 1


def _facts(session: Session, application_id: str) -> list[Fact]:
    """A case that lapsed before anybody examined it has nothing to go on with: its applicant applies anew."""
    begun = exists().where(
        StatusHistory.application_id == application_id, StatusHistory.target == Status.IN_REVIEW.value
    )
    return [Fact.EXAMINED] if session.scalar(select(begun)) else []
