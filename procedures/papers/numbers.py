"""Numbers of papers: one row of numbers for each series (an office's certificates, say) and year, without gaps."""

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from procedures.models import CertificateCounter

_counter = CertificateCounter.__table__


def next_number(session: Session, office: str, year: int) -> str:
    """`office-year-000001` and so on; `year` is the 会計年度, `office` an office or another series of papers.

    The counter's row stays locked until the transaction ends: a paper that is rolled back gives its number back.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(_counter).values(office=office, year=year, last=0)
    session.execute(first.on_conflict_do_nothing(index_elements=["office", "year"]))
    this = (_counter.c.office == office) & (_counter.c.year == year)
    session.execute(update(_counter).where(this).values(last=_counter.c.last + 1))
    last = session.execute(select(_counter.c.last).where(this)).scalar_one()
    return f"{office}-{year}-{last:06}"
