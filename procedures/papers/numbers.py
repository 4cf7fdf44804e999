"""Numbers of papers: one row of numbers for each series and fiscal year, registered (交付簿), without gaps.

A number is reserved in the transaction that decides that there will be a paper, and handed out in the one in which the
paper is kept. Between the two the paper is made; tried again, it has the same number. A paper that cannot be made, or
is not wanted any more, has its number cancelled with a reason: the register shows it, and no number is ever missing.
"""

from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from procedures import audit
from procedures.actors import Actor
from procedures.days import fiscal_year, tokyo_day
from procedures.keyring.owned import of
from procedures.models import CertificateCounter, PaperNumber

Kind = Literal["certificate", "letter", "receipt"]
SERIES: dict[Kind, str] = {"certificate": "", "letter": "L-", "receipt": "R-"}
"""What stands before the office in the name of a series; ids of offices have no capital letters."""

_counter, _register = CertificateCounter.__table__, PaperNumber.__table__


def reserve(session: Session, now: datetime, kind: Kind, office: str, application_id: str, about: str) -> str:
    """The next number of the office's series of `kind` in this 会計年度: `office-2026-000001`, `L-office-2026-000001`.

    `about` says which paper of the procedure it is (a certificate's id, "refusal" …). The counter's row stays locked
    until the transaction ends: one that is rolled back gives its number back.
    """
    series, year = SERIES[kind] + office, fiscal_year(tokyo_day(now))
    position = _count(session, series, year)
    row = {"number": f"{series}-{year}-{position:06}", "series": series, "year": year, "position": position}
    row |= {"kind": kind, "about": about, "application_id": application_id, "given_at": now}
    session.execute(insert(_register), row)
    return str(row["number"])


def hand_out(session: Session, now: datetime, number: str) -> bool:
    """The paper with this number is made and kept; False where that was said before, or the number was cancelled."""
    return _end(session, number, handed_out_at=now)


def cancel(session: Session, actor: Actor, now: datetime, number: str, reason: str) -> bool:
    """There will be no paper with this number; False where it was handed out or cancelled already.

    `reason` stands in the register until the case is erased. Call it late in the transaction, as `audit.record`.
    """
    case = _case_of(session, number)
    if not _end(session, number, cancelled_at=now, cancelled_by=actor.key, cancel_reason=of(case, reason)):
        return False
    audit.record(session, actor, now, "number.cancel", case, note=number)
    return True


def _count(session: Session, series: str, year: int) -> int:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(_counter).values(office=series, year=year, last=0)
    session.execute(first.on_conflict_do_nothing(index_elements=["office", "year"]))
    this = (_counter.c.office == series) & (_counter.c.year == year)
    session.execute(update(_counter).where(this).values(last=_counter.c.last + 1))
    return session.execute(select(_counter.c.last).where(this)).scalar_one()


def _end(session: Session, number: str, **values: object) -> bool:
    open_one = (_register.c.handed_out_at.is_(None)) & (_register.c.cancelled_at.is_(None))
    ended = session.execute(update(_register).where(_register.c.number == number, open_one).values(**values))
    return ended.rowcount == 1


def _case_of(session: Session, number: str) -> str:
    return session.execute(select(_register.c.application_id).where(_register.c.number == number)).scalar_one()
