"""The one writer of a status."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from engine.lifecycle import Event, Fact, Status, Who
from procedures.actors import Actor


def apply(
    session: Session,
    actor: Actor,
    now: datetime,
    application_id: str,
    event: Event,
    *,
    who: Who,
    facts: Collection[Fact] = (),
    note: str | None = None,
    expected: Status | None = None,
) -> Status:
    """Let `event` happen: the status by compare-and-set, a history row, an audit row, the jobs that follow.

    Locks the application's row. `Fact.REVIEWED` is added from the procedure; the caller states `Fact.FEE_DUE`.
    `expected` is the status the caller has seen. Raises `NotFound`, `TransitionRefused`, `Conflict`.
    """
    raise NotImplementedError
