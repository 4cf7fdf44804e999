"""The case and the proposal that somebody acts on, locked; whether they may; and who was first where somebody was."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures import library, lifecycle
from procedures.actors import Actor
from procedures.authority import may
from procedures.days import tokyo_day
from procedures.decisions import stages
from procedures.decisions.stages import Place
from procedures.deputising import standing_in
from procedures.errors import AlreadyDecided, Conflict, NotFound, ProposalChanged, SamePerson
from procedures.models import Decision, Proposal
from procedures.reading.names import names_of


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything about an act on a proposal: who acts (in whose place), the locked case, where the proposal lies."""

    actor: Actor
    case: Row[Any]
    proposal: Proposal
    procedure: Procedure
    place: Place


def locked(session: Session, actor: Actor, action: str, application_id: str) -> Row[Any]:
    """The row of a case to which `actor` may do `action`. Raises `NotFound` for whom it does not concern."""
    case = lifecycle.lock(session, application_id)
    if not may(actor, action, case):
        raise NotFound(application_id)
    return case


def act(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    proposal_id: str,
    *,
    stage: str | None = None,
    in_place_of: str | None = None,
) -> Turn:
    """What the actor is about to act on. `stage` is the one on their screen, `in_place_of` for whom they stand in.

    Raises `NotFound`, `AlreadyDecided`, `ProposalChanged`, `SamePerson`, and `Conflict` where the proposal has been
    passed at that stage meanwhile.
    """
    case = lifecycle.lock(session, application_id)
    proposal = open_of(session, case.id)
    if proposal is None or proposal.id != proposal_id:
        _whoever(session, actor, now, case)
        refuse_decided(session, case)
        raise ProposalChanged(proposal_id)
    procedure = library.by_digest(session, case.digest)
    place = stages.place_of(procedure, proposal.stage)
    if stage and place.here and place.here.id != stage:
        _whoever(session, actor, now, case)
        raise _passed(session, proposal)
    absent = _capacity(session, actor, now, case, place, in_place_of)
    refuse_same(session, proposal, actor, absent)
    return Turn(replace(actor, in_place_of=absent), case, proposal, procedure, place)


def refuse_same(session: Session, proposal: Proposal, actor: Actor, absent: Actor | None = None) -> None:
    """Nobody acts on their own proposal, or twice on one; neither in person nor through a deputy."""
    hands = {actor.id, absent.id if absent else actor.id}
    if proposal.proposed_by in hands:
        raise SamePerson
    before = stages.passed(session, proposal.id)
    if hands & {person for one in before for person in (one.by, one.stood_in_for)}:
        raise SamePerson(passed=True)


def refuse_decided(session: Session, case: Row[Any]) -> None:
    """The second of two deciders learns who was first; there is never a second letter."""
    query = select(Decision).where(Decision.application_id == case.id, Decision.turn == case.turn)
    decision = session.execute(query).scalar_one_or_none()
    if decision is not None:
        raise AlreadyDecided(name(session, decision.decided_by), decision.decided_at)


def open_of(session: Session, application_id: str) -> Proposal | None:
    """The proposal that waits."""
    query = select(Proposal).where(Proposal.application_id == application_id, Proposal.state == "open")
    return session.execute(query).scalar_one_or_none()


def open_proposal(session: Session, actor: Actor, case: Row[Any], proposal_id: str) -> Proposal:
    """The proposal on the screen, if it still waits. Raises `AlreadyDecided`, `ProposalChanged`, `SamePerson`."""
    proposal = open_of(session, case.id)
    if proposal is None or proposal.id != proposal_id:
        refuse_decided(session, case)
        raise ProposalChanged(proposal_id)
    refuse_same(session, proposal, actor)
    return proposal


def name(session: Session, person_id: str) -> str:
    """Who that is, for people."""
    return names_of(session, [person_id]).get(person_id, person_id)


def _capacity(
    session: Session, actor: Actor, now: datetime, case: Row[Any], place: Place, in_place_of: str | None
) -> Actor | None:
    """In whose place the actor acts here; None for themselves."""
    if not in_place_of:
        if not may(actor, "case.endorse", case, as_role=place.role):
            raise NotFound(case.id)
        return None
    absent = standing_in(session, actor, case.office, place.here, tokyo_day(now))
    found = next((one for one in absent if one.id == in_place_of), None)
    if found is None:
        raise NotFound(case.id)
    return found


def _whoever(session: Session, actor: Actor, now: datetime, case: Row[Any]) -> None:
    """Only who could have acted learns what became of it; a draft has no office, and concerns nobody of one."""
    if _endorses(session, actor, case):
        return
    if not standing_in(session, actor, case.office, None, tokyo_day(now)):
        raise NotFound(case.id)


def _endorses(session: Session, actor: Actor, case: Row[Any]) -> bool:
    review = library.by_digest(session, case.digest).review
    return any(may(actor, "case.endorse", case, as_role=stage.role) for stage in (review.route if review else ()))


def _passed(session: Session, proposal: Proposal) -> Exception:
    """Who passed it before the second one came."""
    before = stages.passed(session, proposal.id)
    if not before:
        return ProposalChanged(proposal.id)
    return Conflict(name(session, before[-1].by), before[-1].at)
