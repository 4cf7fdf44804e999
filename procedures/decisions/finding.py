"""The case and the proposal that somebody acts on, locked; and who was first where somebody was."""

from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from procedures import lifecycle
from procedures.actors import Actor
from procedures.authority import may
from procedures.errors import AlreadyDecided, NotFound, ProposalChanged, SamePerson
from procedures.models import Decision, Proposal
from procedures.reading.names import names_of


def locked(session: Session, actor: Actor, action: str, application_id: str) -> Row[Any]:
    """The row of a case to which `actor` may do `action`. Raises `NotFound` for whom it does not concern."""
    case = lifecycle.lock(session, application_id)
    if case.round == 0 or not may(actor, action, case):
        raise NotFound(application_id)
    return case


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
    if proposal.proposed_by == actor.id:
        raise SamePerson
    return proposal


def name(session: Session, person_id: str) -> str:
    """Who that is, for people."""
    return names_of(session, [person_id]).get(person_id, person_id)
