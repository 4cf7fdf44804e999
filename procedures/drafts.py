"""Drafts: started, loaded and saved on the hot path with fixed statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from engine.lifecycle import Status
from engine.model import Procedure
from procedures.actors import Actor


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as its owner fills it in. `answers` is a fresh dict; after the end of the case it is empty."""

    application_id: str
    procedure: Procedure
    answers: dict[str, Any]
    revision: int
    status: Status
    expires_at: datetime
    reference: str | None = None


def start(session: Session, actor: Actor, now: datetime, procedure: Procedure) -> str:
    """Begin a case; returns its id. Two INSERTs."""
    raise NotImplementedError


def load(session: Session, actor: Actor, application_id: str) -> Draft:
    """The draft, one SELECT. Raises `NotFound` for a missing case and for another's alike."""
    raise NotImplementedError


def save(
    session: Session, actor: Actor, now: datetime, application_id: str, answers: Mapping[str, Any], revision: int
) -> int:
    """Keep all answers if the draft is still at `revision`; returns the new revision. One UPDATE.

    Raises `StaleDraft`, `AlreadySubmitted`, `NotFound`.
    """
    raise NotImplementedError


def lapse_expired(session: Session, now: datetime, limit: int = 100) -> int:
    """Let drafts whose time is over lapse (for the worker); returns how many. Their answers are erased."""
    raise NotImplementedError
