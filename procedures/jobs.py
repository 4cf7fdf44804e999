"""The outbox: jobs enqueued with the change that causes them, claimed by workers under a lease."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from procedures import tracing
from procedures.database import Database
from procedures.models import Job, new_id
from procedures.storing.rows import insert_new

Clock = Callable[[], datetime]

LEASE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
ATTEMPTS = 16
"""After so many a job is dead and waits for a person; with the back-off below that is about a day and a half."""


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that this worker holds until `lease_until`; `token` fences off a worker whose lease ran out.

    `request_id` is the request that asked for it, or the one that asked for the job that did.
    """

    id: str
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    token: int
    lease_until: datetime
    request_id: str | None = None


Finish = Callable[[Session], None]
"""What a handler wants written in the very transaction that marks the job as done."""

Handler = Callable[[Database, ClaimedJob, datetime], Finish | None]
"""Does a job outside any transaction: reads in `database.read()`, does its external work, returns what to write."""


class TryLater(Exception):
    """What a handler raises when trying again may help. `after`: how long the other side asked to be left alone.

    `reason` is kept with the job for operators: it must hold nothing personal.
    """

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        self.reason, self.after = reason, after
        super().__init__(reason)


class Hopeless(Exception):
    """What a handler raises when trying again is useless: the job waits for a person at once. `reason` as above."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class LeaseLost(Exception):
    """Another worker has the job now; nothing of the earlier one may be written."""


def enqueue(
    session: Session,
    now: datetime,
    kind: str,
    payload: Mapping[str, Any],
    run_at: datetime | None = None,
    key: str | None = None,
) -> str | None:
    """Add a job; returns its id, or None when there is one under `key` already, done or not."""
    job_id = new_id()
    row = {
        "id": job_id,
        "kind": kind,
        "payload": dict(payload),
        "key": key,
        "state": "waiting",
        "run_at": run_at or now,
        "attempts": 0,
        "token": 0,
        "created_at": now,
        "request_id": tracing.current(),
    }
    return job_id if insert_new(session, Job.__table__, row, unique="key") else None


def claim(session: Session, now: datetime, worker_id: str, lease: timedelta = LEASE) -> ClaimedJob | None:
    """Take the job that is due longest, or one whose lease ran out; None when there is nothing to do.

    On PostgreSQL rows that another worker is just claiming are skipped; on SQLite claims follow each other.
    """
    job_id = session.execute(_DUE, {"at": now}).scalar_one_or_none()
    if job_id is None:
        return None
    held = {"job": job_id, "by": worker_id, "until": now + lease}
    return ClaimedJob(*session.execute(_TAKEN, held).one())


_DUE = (
    select(Job.id)
    .where(
        or_(
            and_(Job.state == "waiting", Job.run_at <= bindparam("at")),
            and_(Job.state == "running", Job.lease_until <= bindparam("at")),
        )
    )
    .order_by(Job.run_at, Job.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_TAKEN = (
    update(Job.__table__)
    .where(Job.id == bindparam("job"))
    .values(
        state="running",
        worker=bindparam("by"),
        lease_until=bindparam("until"),
        attempts=Job.attempts + 1,
        token=Job.token + 1,
    )
    .returning(Job.id, Job.kind, Job.payload, Job.attempts, Job.token, Job.lease_until, Job.request_id)
)
"""Built once: a worker asks twice a second."""


def done(session: Session, now: datetime, job_id: str, token: int) -> None:
    """Mark as done. Raises `LeaseLost`."""
    _close(session, job_id, token, state="done", finished_at=now, error=None)


def failed(
    session: Session,
    now: datetime,
    job_id: str,
    token: int,
    error: str,
    *,
    after: timedelta | None = None,
    hopeless: bool = False,
) -> bool:
    """Try again later (with back-off, not before `after`), or give up: True when it is dead. Raises `LeaseLost`."""
    attempts = session.execute(select(Job.attempts).where(Job.id == job_id)).scalar_one()
    text = error[:500]
    if hopeless or attempts >= ATTEMPTS:
        _close(session, job_id, token, state="dead", finished_at=now, error=text)
        return True
    pause = max(back_off(attempts), min(after or timedelta(0), LONGEST_PAUSE))
    _close(session, job_id, token, state="waiting", run_at=now + pause, error=text)
    return False


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 30 s, doubling, at most 6 hours."""
    return min(timedelta(seconds=30) * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def revive(session: Session, now: datetime, job_id: str) -> bool:
    """Give a dead job a new start, for the operator; False when it is not dead."""
    again = update(Job).where(Job.id == job_id, Job.state == "dead")
    changed = session.execute(again.values(state="waiting", run_at=now, attempts=0, finished_at=None))
    return changed.rowcount == 1


def _close(session: Session, job_id: str, token: int, **values: object) -> None:
    held = update(Job).where(Job.id == job_id, Job.token == token, Job.state == "running")
    if session.execute(held.values(worker=None, lease_until=None, **values)).rowcount != 1:
        raise LeaseLost(job_id)


class UnknownJob(Exception):
    """No handler is registered for this kind of job."""


def run_one(database: Database, clock: Clock, worker_id: str, handlers: Mapping[str, Handler]) -> str | None:
    """Claim and do one job; returns its kind, or None when nothing is due. A handler's error is kept with the job.

    A worker that was too slow (`LeaseLost`) writes nothing: the one that took over does.
    """
    with database.write() as session:
        job = claim(session, clock(), worker_id)
    if job is None:
        return None
    with tracing.within(job.request_id):
        try:
            _do(database, clock, job, handlers)
        except LeaseLost:
            return job.kind
        except Exception as error:  # noqa: BLE001 - whatever a handler raises must end in the outbox, not end the worker
            _keep_error(database, clock, job, error)
    return job.kind


def _do(database: Database, clock: Clock, job: ClaimedJob, handlers: Mapping[str, Handler]) -> None:
    handler = handlers.get(job.kind)
    if handler is None:
        raise UnknownJob(job.kind)
    finish = handler(database, job, clock())
    with database.write() as session:
        done(session, clock(), job.id, job.token)
        if finish is not None:
            finish(session)


def _keep_error(database: Database, clock: Clock, job: ClaimedJob, error: Exception) -> None:
    """The kind of error and where it arose, never its message: that may hold personal data; our own reasons do not."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}" if trace else "?"
    why = f" ({error.reason})" if isinstance(error, TryLater | Hopeless) else ""
    text = f"{type(error).__name__}{why} at {where}"
    after, hopeless = getattr(error, "after", None), isinstance(error, Hopeless)
    try:
        with database.write() as session:
            failed(session, clock(), job.id, job.token, text, after=after, hopeless=hopeless)
    except LeaseLost:
        return
