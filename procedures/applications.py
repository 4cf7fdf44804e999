"""A resident's own cases: the list, one case with its timeline, withdrawing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.fees import FeeQuote
from engine.lifecycle import Event, Status
from engine.model import Procedure
from procedures.actors import Actor


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One line of "my applications"."""

    application_id: str
    reference: str | None
    procedure: Procedure
    status: Status
    changed_at: datetime
    submitted_at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline; `by` is a staff member's name, None for the applicant or the system."""

    at: datetime
    event: Event
    source: Status
    target: Status
    by: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate that can be downloaded; `ready` is False while the PDF is being made."""

    id: str
    kind: str
    number: str
    issued_on: date
    valid_until: date | None
    ready: bool


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An attachment's description; `size` in bytes."""

    id: str
    field_id: str
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Told:
    """A decision as the applicant is told it: reasons as `{code, title, law}`, appeal by language."""

    outcome: str
    reasons: tuple[dict[str, Any], ...]
    text: str
    appeal: dict[str, str] | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case for its owner. `answers` are the submitted ones (empty while a draft)."""

    application_id: str
    reference: str | None
    procedure: Procedure
    status: Status
    changed_at: datetime
    submitted_at: datetime | None
    due_on: date | None
    answers: dict[str, Any]
    quote: FeeQuote | None
    files: tuple[KeptFile, ...]
    timeline: tuple[Happening, ...]
    decision: Told | None
    certificates: tuple[IssuedCertificate, ...]
    may_withdraw: bool


def list_own(session: Session, actor: Actor) -> list[OwnRow]:
    """The actor's cases, newest first."""
    raise NotImplementedError


def view_own(session: Session, actor: Actor, application_id: str) -> OwnCase:
    """One of the actor's cases. Raises `NotFound` for a missing one and another's alike."""
    raise NotImplementedError


def withdraw(session: Session, actor: Actor, now: datetime, application_id: str, note: str | None = None) -> Status:
    """Withdraw (取下げ). Raises `NotFound`, `TransitionRefused`."""
    raise NotImplementedError
