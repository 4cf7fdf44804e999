"""The audit log as one hash chain, kept under a lock."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from procedures.actors import Actor


def record(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    object_id: str,
    field_ids: Sequence[str] = (),
    note: str | None = None,
) -> int:
    """Add a link; returns its number. Field ids only, never values. Locks the chain until the transaction ends:
    call it late, after every other row lock.
    """
    raise NotImplementedError


def verify(session: Session) -> list[str]:
    """What is wrong with the chain, in words for the operator; empty when it is whole."""
    raise NotImplementedError
