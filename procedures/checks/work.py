"""Nothing was given up, and certificate numbers have no gaps."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.checks.finding import Finding, found
from procedures.models import Certificate, CertificateCounter, Job


def dead_jobs(session: Session) -> Iterator[Finding]:
    """Jobs that failed too often wait for a person."""
    for job_id in session.execute(select(Job.id).where(Job.state == "dead")).scalars():
        yield found("job_dead", job_id)


def certificate_numbers(session: Session) -> Iterator[Finding]:
    """Per office and fiscal year: 1, 2, 3 … up to what the counter says."""
    numbers = sorted(_split(number) for number in session.execute(select(Certificate.number)).scalars())
    given = {key: [last for *_, last in group] for key, group in groupby(numbers, itemgetter(0, 1))}
    for row in session.execute(select(CertificateCounter)).scalars():
        if given.get((row.office, row.year), []) != list(range(1, row.last + 1)):
            yield found("numbers_with_gaps", f"{row.office}-{row.year}")


def _split(number: str) -> tuple[str, int, int]:
    office, year, last = number.rsplit("-", 2)
    return office, int(year), int(last)
