"""Decisions: proposed by one person with reasons, approved or sent back by another, once a round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Status
from procedures.actors import Actor

Outcome = Literal["approve", "refuse"]


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
    Raises `NotFound`, `Conflict` (somebody else has the case), `TransitionRefused`.
    """
    raise NotImplementedError


def approve(session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str) -> Decided:
    """Decide as was proposed (also when a refusal was proposed). `proposal_id` is the one on the approver's screen.

    Raises `NotFound`, `SamePerson`, `AlreadyDecided`, `ProposalChanged`, `TransitionRefused`.
    """
    raise NotImplementedError


def send_back(
    session: Session, actor: Actor, now: datetime, application_id: str, proposal_id: str, note: str
) -> Status:
    """Give the case back to the clerk with a note. Raises as `approve` does, but the proposer may not do it either."""
    raise NotImplementedError
