"""Which cases have been kept long enough: by what their procedure says, and drafts that were never sent.

A case is kept for the years of its procedure from the 1 April after it ended, as offices keep their documents by the
fiscal year (公文書管理法施行令第8条に倣う). Where it was never sent there is nothing to keep it for.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from engine.lifecycle import FINAL
from procedures import library, lifecycle
from procedures.days import day_begins, fiscal_year, tokyo_day
from procedures.keeping.erasing import NOBODY, erase
from procedures.keeping.holds import Hold, holding, unheld
from procedures.models import Application, Certificate

UNSENT_KEPT = timedelta(days=30)
"""A draft that lapsed or was thrown away: what is left of it answers questions for so long."""
APRIL = 4


def erased_on(ended: date, years: int) -> date:
    """The day on which a case goes that ended on a day and is kept for so many years."""
    return date(fiscal_year(ended) + 1 + years, APRIL, 1)


def erase_due(session: Session, now: datetime, limit: int, holds: Sequence[Hold] = ()) -> int:
    """Erase up to `limit` cases whose time is over and that nothing holds; how many were looked at.

    Each is looked at again under its lock: money may have come back just now.
    """
    found = due(session, now, limit, holds)
    for application_id, rule in found.items():
        lifecycle.lock(session, application_id)
        if not holding(session, holds, [application_id]):
            erase(session, now, application_id, rule)
    return len(found)


def due(session: Session, now: datetime, limit: int, holds: Sequence[Hold] = ()) -> Mapping[str, str]:
    """Cases whose time is over, with the rule's name. None that waits: what has not ended is kept.

    Nor one with a certificate that is still good: whoever is shown it may ask whether it is. Nor one that `holds` hold.
    """
    query = _over(session, now).where(*unheld(holds)).limit(limit)
    return {row.id: "retention" if row.round else "unsent" for row in session.execute(query)}


def held(session: Session, now: datetime, limit: int, holds: Sequence[Hold]) -> Mapping[str, list[str]]:
    """Cases whose time is over and that are kept all the same, with the names of what holds them."""
    if not holds:
        return {}
    query = _over(session, now).where(or_(*(hold.open() for hold in holds))).limit(limit)
    return holding(session, holds, [row.id for row in session.execute(query)])


def _over(session: Session, now: datetime) -> Select[tuple[str, int]]:
    over = select(Application.id, Application.round).where(
        Application.status.in_(sorted(FINAL)),
        Application.owner != NOBODY,
        or_(_unsent(now), *_sent(session, now)),
        ~_still_good(tokyo_day(now)),
    )
    return over.order_by(Application.status_changed_at, Application.id)


def _unsent(now: datetime) -> ColumnElement[bool]:
    return and_(Application.round == 0, Application.status_changed_at < now - UNSENT_KEPT)


def _sent(session: Session, now: datetime) -> Sequence[ColumnElement[bool]]:
    """One condition for each number of years that a version says."""
    today = tokyo_day(now)
    by_years: dict[int, list[str]] = {}
    ended = Application.status.in_(sorted(FINAL)) & (Application.owner != NOBODY)
    for digest in session.scalars(select(Application.digest).where(ended).distinct()):
        by_years.setdefault(library.by_digest(session, digest).retention_years, []).append(digest)
    return [
        and_(
            Application.round > 0,
            Application.digest.in_(digests),
            Application.status_changed_at < day_begins(date(fiscal_year(today) - years, APRIL, 1)),
        )
        for years, digests in by_years.items()
    ] or [false()]


def _still_good(today: date) -> ColumnElement[bool]:
    good = select(Certificate.id).where(
        Certificate.application_id == Application.id,
        Certificate.valid_until >= today,
        Certificate.issued_at.is_not(None),
        Certificate.revoked_at.is_(None),
    )
    return good.exists()
