"""What stands in the outbox: how many jobs of each kind wait, run, are tried again or were given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from procedures.models import Job

MAIL = "notice.send"
MAIL_PATIENCE = timedelta(minutes=10)  # mail that waits longer counts as undelivered
MOST = 100  # lines that a person can still read


@dataclass(frozen=True, slots=True)
class KindCount:
    """The unfinished jobs of one kind; `oldest` is when the first of those not given up is or was due."""

    kind: str
    waiting: int = 0
    running: int = 0
    retrying: int = 0
    dead: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One job that failed or is late. `application_id` where it is about a case; `dead`: it is not tried again."""

    id: str
    kind: str
    application_id: str | None
    attempts: int
    error: str | None
    since: datetime
    next_at: datetime | None
    dead: bool


def counts(session: Session) -> list[KindCount]:
    """The unfinished jobs by kind."""
    retrying = (Job.state == "waiting") & (Job.attempts > 0)
    rows = session.execute(
        select(Job.kind, Job.state, retrying, func.count(), func.min(Job.run_at))
        .where(Job.state != "done")
        .group_by(Job.kind, Job.state, retrying)
        .order_by(Job.kind)
    )
    found: dict[str, KindCount] = {}
    for kind, name, again, count, oldest in rows:
        known = found.get(kind, KindCount(kind))
        found[kind] = _added(known, "retrying" if again else name, count, oldest)
    return list(found.values())


def _added(known: KindCount, name: str, count: int, oldest: datetime) -> KindCount:
    numbers = {part: getattr(known, part) for part in ("waiting", "running", "retrying", "dead")}
    numbers[name] += count
    first = known.oldest if name == "dead" else min(known.oldest or oldest, oldest)
    return KindCount(known.kind, **numbers, oldest=first)


def failed(session: Session) -> list[Trouble]:
    """Jobs that failed at least once and are not done, given-up ones first; mail is listed apart."""
    broken = (Job.state == "dead") | ((Job.state == "waiting") & (Job.attempts > 0))
    return _troubles(session, select(Job).where(broken, Job.kind != MAIL))


def undelivered(session: Session, now: datetime) -> list[Trouble]:
    """Mail that was given up, failed, or waits for longer than it should."""
    late = (Job.state == "waiting") & ((Job.attempts > 0) | (Job.run_at < now - MAIL_PATIENCE))
    return _troubles(session, select(Job).where(Job.kind == MAIL, (Job.state == "dead") | late))


def _troubles(session: Session, query: Select[tuple[Job]]) -> list[Trouble]:
    jobs = session.scalars(query.order_by(Job.state != "dead", Job.created_at).limit(MOST))
    return [
        Trouble(
            id=job.id,
            kind=job.kind,
            application_id=job.payload.get("application_id"),
            attempts=job.attempts,
            error=job.error,
            since=job.created_at,
            next_at=None if job.state == "dead" else job.run_at,
            dead=job.state == "dead",
        )
        for job in jobs
    ]


def is_known(session: Session, job_id: str) -> bool:
    """Whether there is such a job."""
    return session.scalar(select(Job.id).where(Job.id == job_id)) is not None


def oldest_overdue(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest job has been due that no worker took; None when all is done."""
    return session.scalar(select(func.min(Job.run_at)).where(Job.state == "waiting", Job.run_at <= now))
