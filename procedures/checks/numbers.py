"""The register of papers has no gap, no double and nothing that the papers themselves do not say."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from procedures.checks.finding import Finding, found
from procedures.models import Certificate, CertificateCounter, PaperNumber

_register = PaperNumber.__table__.c


def paper_numbers(session: Session) -> Iterator[Finding]:
    """Per series and fiscal year: 1, 2, 3 … up to what the counter says, each once."""
    query = select(_register.series, _register.year, _register.position)
    rows = session.execute(query.order_by(_register.series, _register.year, _register.position))
    given = {key: [row.position for row in group] for key, group in groupby(rows, lambda row: (row.series, row.year))}
    counted = {(row.office, row.year): row.last for row in session.execute(select(CertificateCounter)).scalars()}
    for series, year in sorted(given.keys() | counted.keys()):
        positions, last = given.get((series, year), []), counted.get((series, year), 0)
        if len(positions) != len(set(positions)):
            yield found("numbers_doubled", f"{series}-{year}")
        if sorted(set(positions)) != list(range(1, last + 1)):
            yield found("numbers_with_gaps", f"{series}-{year}")


def certificates_registered(session: Session) -> Iterator[Finding]:
    """Every certificate's number is in the register, handed out where the certificate was."""
    query = select(Certificate.number, Certificate.issued_at, _register.handed_out_at, _register.number.label("there"))
    rows = session.execute(query.outerjoin(PaperNumber, _register.number == Certificate.number))
    for row in rows:
        if row.there is None:
            yield found("number_unregistered", row.number)
        elif (row.issued_at is None) != (row.handed_out_at is None):
            yield found("number_out_of_step", row.number)


def stopped(session: Session) -> Iterator[Finding]:
    """No certificate waits because a character of it cannot be drawn."""
    waits = (Certificate.issued_at.is_(None)) & (Certificate.revoked_at.is_(None)) & Certificate.trouble.is_not(None)
    for number in session.execute(select(Certificate.number).where(waits)).scalars():
        yield found("paper_stopped", number)
