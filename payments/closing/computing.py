"""Sheets computed: of any day, from the last sealed day before it or from the ledger's beginning."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from payments.closing.sheet import Sheet, following, titles_of
from payments.models import DayClosing, LedgerPosting
from payments.totals.movements import Movements, moved, moved_by_day

ONE_DAY = timedelta(days=1)


def sheet_of(session: Session, since: date, until: date | None = None) -> Sheet:
    """The sheet of a day of Tokyo, or of the days up to `until`, that one included.

    What stood before comes from the last sealed day, and from the ledger for the days since.
    """
    titles = titles_of(session)
    sealed = sealed_before(session, since)
    start = sealed[0] + ONE_DAY if sealed else None
    before = sealed[1] if sealed else Sheet()
    if start is None or start < since:
        before = following(before, moved(session, start, since - ONE_DAY), titles)
    return following(before, moved(session, since, until or since), titles)


def sealed_before(session: Session, day: date) -> tuple[date, Sheet] | None:
    """The last sealed day before `day`, and its sheet."""
    query = select(DayClosing.day, DayClosing.figures).where(DayClosing.day < day).order_by(DayClosing.day.desc())
    row = session.execute(query.limit(1)).one_or_none()
    return (row.day, Sheet.from_json(row.figures["sheet"])) if row else None


def sheets_from_ledger(session: Session, until: date) -> Iterator[tuple[date, Sheet]]:
    """The sheet of each day from the first posting to `until`, from the ledger alone: no sealed day is believed."""
    moves = moved_by_day(session, None, until)
    titles = titles_of(session)
    day, sheet = first_day(session), Sheet()
    while day is not None and day <= until:
        sheet = following(sheet, moves.get(day, Movements()), titles)
        yield day, sheet
        day += ONE_DAY


def first_day(session: Session) -> date | None:
    """The day of the first posting; None for an empty ledger."""
    return session.scalar(select(func.min(LedgerPosting.day)))
