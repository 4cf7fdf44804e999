"""The outbox: jobs enqueued with the change that causes them, claimed by workers under a lease."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from procedures.database import Database


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that this worker holds until `lease_until`; `token` fences off a worker whose lease ran out."""

    id: str
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    token: int
    lease_until: datetime


Finish = Callable[[Session], None]
"""What a handler wants written in the very transaction that marks the job as done."""

Handler = Callable[[Database, ClaimedJob, datetime], Finish | None]
"""Does a job outside any transaction: reads in `database.read()`, does its external work, returns what to write."""

LEASE = timedelta(minutes=5)


class LeaseLost(Exception):
    """Another worker has the job now; nothing of this one may be written."""


def enqueue(
    session: Session,
    now: datetime,
    kind: str,
    payload: Mapping[str, Any],
    run_at: datetime | None = None,
    key: str | None = None,
) -> str | None:
    """Add a job; returns its id, or None when there is one under `key` already."""
    raise NotImplementedError


def claim(session: Session, now: datetime, worker_id: str, lease: timedelta = LEASE) -> ClaimedJob | None:
    """Take the job that is due longest, or one whose lease ran out; None when there is nothing to do."""
    raise NotImplementedError


def done(session: Session, now: datetime, job_id: str, token: int) -> None:
    """Mark as done. Raises `LeaseLost`."""
    raise NotImplementedError


def failed(session: Session, now: datetime, job_id: str, token: int, error: str) -> bool:
    """Try again later (with back-off), or give up: True when it is dead. Raises `LeaseLost`."""
    raise NotImplementedError


def run_one(
    database: Database, clock: Callable[[], datetime], worker_id: str, handlers: Mapping[str, Handler]
) -> str | None:
    """Claim and do one job; returns its kind, or None when nothing is due. What a handler raises is kept as its error."""
    raise NotImplementedError
