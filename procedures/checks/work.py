"""Nothing was given up."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.checks.finding import Finding, found
from procedures.models import Job


def dead_jobs(session: Session) -> Iterator[Finding]:
    """Jobs that failed too often wait for a person."""
    for job_id in session.execute(select(Job.id).where(Job.state == "dead")).scalars():
        yield found("job_dead", job_id)
