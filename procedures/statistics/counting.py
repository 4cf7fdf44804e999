"""Counting a day: everything that happened on it, as numbers by office and procedure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select
from sqlalchemy.orm import Session

from engine.lifecycle import Event, Status
from procedures.clock.reading import clock_of
from procedures.database import Database
from procedures.days import day_begins, tokyo_day
from procedures.models import Application, CountedDay, Decision, OfficeDay, StatusHistory
from procedures.reading.casefile import Happening
from procedures.statistics import folding
from procedures.statistics.measures import What

Key = tuple[str, str, What, int]
Outcomes = dict[tuple[str, datetime], list[str]]
BEFORE_DECISION = frozenset({Status.RECEIVED, Status.IN_REVIEW, Status.CORRECTION_REQUESTED, Status.DECISION_PROPOSED})
DECIDED = frozenset({Status.APPROVED, Status.AWAITING_ISSUE_FEE, Status.REFUSED})
SETTLED = timedelta(hours=1)
"""So long after its end everything that happened on a day is written."""
AT_ONCE = 500


def count_days(database: Database, now: datetime) -> int:
    """Count every day that is not counted for good, today among them, each in a transaction of its own; how many.

    Months that are over are then put together.
    """
    with database.read() as session:
        days = list(uncounted(session, now))
    for day in days:
        with database.write() as session:
            count_day(session, day, now)
    with database.read() as session:
        months = list(folding.unfolded(session, now))
    for month in months:
        with database.write() as session:
            folding.fold(session, month)
    return len(days)


def uncounted(session: Session, now: datetime) -> Iterator[date]:
    """The days that may still change, oldest first: since the last one that was counted after it was over."""
    settled = [row.day for row in session.execute(select(CountedDay.day, CountedDay.counted_at)) if _settled(row)]
    if settled:
        day = max(settled) + timedelta(days=1)
    else:
        first = session.execute(select(func.min(StatusHistory.at))).scalar_one()
        day = tokyo_day(first) if first else tokyo_day(now)
    while day <= tokyo_day(now):
        yield day
        day += timedelta(days=1)


def _settled(row: Row[Any]) -> bool:
    return row.counted_at >= day_begins(row.day, 1) + SETTLED


def count_day(session: Session, day: date, now: datetime) -> None:
    """Count one day anew; doing so again changes nothing.

    What happened is counted for the office that had the case when the day was counted.
    """
    counted: Counter[Key] = Counter()
    happened = _happened(session, day)
    for start in range(0, len(happened), AT_ONCE):
        counted.update(_count(session, happened[start : start + AT_ONCE]))
    session.execute(delete(OfficeDay).where(OfficeDay.day == day))
    session.execute(delete(CountedDay).where(CountedDay.day == day))
    session.execute(insert(CountedDay.__table__), {"day": day, "counted_at": now})
    if counted:
        session.execute(insert(OfficeDay.__table__), [_row(day, *key, count) for key, count in counted.items()])


def _row(day: date, office: str, procedure_id: str, what: What, value: int, count: int) -> dict[str, object]:
    return {
        "day": day,
        "office": office,
        "procedure_id": procedure_id,
        "what": what,
        "value": value,
        "month": day.replace(day=1),
        "count": count,
    }


def _happened(session: Session, day: date) -> Sequence[Row[Any]]:
    """Every change of status of a day, with whose it was."""
    query = (
        select(
            StatusHistory.application_id,
            StatusHistory.at,
            StatusHistory.event,
            StatusHistory.source,
            StatusHistory.target,
            Application.office,
            Application.procedure_id,
            Application.due_on,
        )
        .join(Application, Application.id == StatusHistory.application_id)
        .where(StatusHistory.at >= day_begins(day), StatusHistory.at < day_begins(day, 1))
        .where(Application.office.is_not(None))
        .order_by(StatusHistory.id)
    )
    return session.execute(query).all()


def _count(session: Session, rows: Sequence[Row[Any]]) -> Counter[Key]:
    counted: Counter[Key] = Counter()
    ended = {row.application_id for row in rows if _ends(row)}
    stories, outcomes = _stories(session, ended), _outcomes(session, ended)
    for row in rows:
        for what, value in _measured(row, stories.get(row.application_id, []), outcomes):
            counted[row.office, row.procedure_id, what, value] += -1 if row.event == Event.UNPAY else 1
    return counted


def _ends(one: Row[Any]) -> bool:
    """Whether its whole history has to be looked at."""
    return one.source in BEFORE_DECISION and (one.target in DECIDED or one.event in (Event.WITHDRAW, Event.LAPSE))


def _measured(one: Row[Any], story: Sequence[Happening], outcomes: Outcomes) -> Iterator[tuple[What, int]]:
    """What one change of status counts as, with the number of days where it has one; takes its outcome out of those."""
    if one.target == Status.RECEIVED or one.event == Event.UNPAY:
        yield "received", 0
    if one.event == REVOKE:
        yield "revoked", 0
    if not _ends(one):
        return
    until = [happening for happening in story if happening.at <= one.at]
    used = clock_of(until, tokyo_day(one.at), tokyo_day(one.at))
    if used is None:
        return  # it never was received: what was asked for before the fee
    if one.event == Event.WITHDRAW:
        yield "withdrawn", 0
    elif one.event == Event.LAPSE:
        yield "lapsed", 0
    else:
        decided = outcomes[one.application_id, one.at]
        yield _outcome(decided.pop(0) if decided else one.event), 0
        yield "working", used.used
        yield "calendar", (tokyo_day(one.at) - used.received_on).days
        if any(standstill.corrected for standstill in used.standstills):
            yield "corrected", 0
        whole = clock_of(story, one.due_on, tokyo_day(one.at))
        if whole is not None:
            yield "timed", 0
            if used.used > whole.days:
                yield "late", 0


REVOKE = "revoke"


def _outcome(word: str) -> What:
    return "partly" if word == "partly" else "refuse" if word == "refuse" else "approve"


def _stories(session: Session, ids: Iterable[str]) -> dict[str, list[Happening]]:
    """The whole histories of these cases."""
    stories: dict[str, list[Happening]] = defaultdict(list)
    query = select(
        StatusHistory.application_id, StatusHistory.at, StatusHistory.event, StatusHistory.source, StatusHistory.target
    ).where(StatusHistory.application_id.in_(sorted(ids)))
    for row in session.execute(query.order_by(StatusHistory.id)):
        one = Happening(row.at, Event(row.event), Status(row.source), Status(row.target), None, None)
        stories[row.application_id].append(one)
    return stories


def _outcomes(session: Session, ids: Iterable[str]) -> Outcomes:
    """What was decided, by case and moment; of decisions of one moment the first first."""
    found: Outcomes = defaultdict(list)
    query = select(Decision.application_id, Decision.decided_at, Decision.outcome).order_by(Decision.turn)
    for row in session.execute(query.where(Decision.application_id.in_(sorted(ids)))):
        found[row.application_id, row.decided_at].append(row.outcome)
    return found
