"""Cases as staff see them: the queue of an office, one case, claiming it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status
from engine.model import Procedure
from procedures.actors import Actor
from procedures.applications import Happening, IssuedCertificate, KeptFile, Told

Scope = Literal["open", "unassigned", "mine", "approval", "with_applicant", "late", "closed"]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What to list. `today` (Tokyo) decides what is late; `reference` finds one case by its number."""

    today: date
    scope: Scope = "open"
    reference: str | None = None
    procedure_id: str | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; `claimed_by` is a name."""

    application_id: str
    reference: str
    procedure: Procedure
    status: Status
    office: str
    submitted_at: datetime
    due_on: date | None
    late: bool
    claimed_by: str | None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal; `by` and `by_id` name the proposer, `state` is open, sent_back or decided."""

    id: str
    outcome: str
    reason_codes: tuple[str, ...]
    text: str
    by: str
    by_id: str
    at: datetime
    state: str
    closing_note: str | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case for staff. `actions` are the events that this actor can do now: the buttons."""

    application_id: str
    reference: str
    procedure: Procedure
    status: Status
    office: str
    round: int
    submitted_at: datetime
    due_on: date | None
    claimed_by: str | None
    claimed_by_id: str | None
    answers: dict[str, Any]
    quote: FeeQuote | None
    files: tuple[KeptFile, ...]
    timeline: tuple[Happening, ...]
    proposals: tuple[ProposalView, ...]
    decision: Told | None
    certificates: tuple[IssuedCertificate, ...]
    actions: frozenset[Event]


def queue(session: Session, actor: Actor, filters: QueueFilter) -> list[QueueRow]:
    """Submitted cases of the actor's offices, what is due first on top."""
    raise NotImplementedError


def counts(session: Session, actor: Actor, today: date) -> dict[Scope, int]:
    """How many cases each scope holds for this actor."""
    raise NotImplementedError


def view(session: Session, actor: Actor, application_id: str) -> CaseView:
    """One submitted case of the actor's offices. Raises `NotFound` for all others."""
    raise NotImplementedError


def claim(session: Session, actor: Actor, now: datetime, application_id: str) -> Status:
    """Take the case (role clerk). Raises `NotFound`, `Conflict(who, when)` when somebody else has it."""
    raise NotImplementedError
