"""The last day of the standard period (標準処理期間) of a case, which begins when it is received and its fee paid.

What is sent over the network arrives the moment it is recorded here, also at night and on days on which the offices
are closed (デジタル手続法第6条第3項). That day does not count (民法第140条): the next business day is the first.
It stands still while a correction is with the applicant (行政手続法第6条, 第7条), and from a decision until the case is
taken up again: those business days do not count.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.calendar import add_business_days, business_days_between
from engine.journey import walk
from engine.lifecycle import FINAL, Status
from engine.model import Procedure
from engine.routing import standard_days
from procedures.days import tokyo_day
from procedures.models import Application, StatusHistory, Submission
from procedures.storing import answers as stored
from procedures.storing.fixed import Fixed

Change = tuple[datetime, str, str]
"""When, from which status, to which."""

AWAY: frozenset[Status] = frozenset({Status.CORRECTION_REQUESTED, Status.AWAITING_ISSUE_FEE, *FINAL})
"""Where no office works on a case."""

_submission, _application = Submission.__table__, Application.__table__
_LATEST = Fixed(
    select(_submission.c.answers, _application.c.submitted_at)
    .select_from(_submission.join(_application))
    .where(_application.c.id == bindparam("case_id"), _submission.c.round == _application.c.round)
)


_history = StatusHistory.__table__
_CHANGES = Fixed(
    select(_history.c.at, _history.c.source, _history.c.target)
    .where(_history.c.application_id == bindparam("case_id"))
    .order_by(_history.c.id)
)


def moved_to(
    session: Session, application_id: str, procedure: Procedure, source: Status, goal: Status, now: datetime
) -> date | None:
    """The last day as it is from now on; None where this change of status leaves it.

    It is counted when the case is received, when it comes back from the applicant, and when it is taken up again.
    Where the days follow from the answers, those that were submitted last count. Raises engine's `NoOffice`.
    """
    resumed = source in AWAY and goal is Status.IN_REVIEW
    if procedure.review is None or not (resumed or goal is Status.RECEIVED):
        return None
    days = _days(session, application_id, procedure)
    if days is None:
        return None
    if not resumed:
        return add_business_days(tokyo_day(now), days)
    changes = [(row.at, row.source, row.target) for row in _CHANGES.all(session, {"case_id": application_id})]
    received = [at for at, _, target in changes if target == Status.RECEIVED]
    return last_day(tokyo_day(received[-1]), days, pauses([*changes, (now, source, goal)])) if received else None


def last_day(received_on: date, days: int, standstills: Iterable[tuple[date, date]]) -> date:
    """The last of so many business days after `received_on`, and after those on which it stood still."""
    return add_business_days(received_on, days + sum(business_days_between(*one) for one in standstills))


def pauses(changes: Iterable[Change]) -> Iterator[tuple[date, date]]:
    """From and until which day (Tokyo) the period stood still; changes in order.

    What was asked for before the case was received stood still no period. The day on which it comes back does not
    count any more, as the day on which a period begins (民法第140条).
    """
    return ((since, until) for since, until, _ in standstills(changes) if until is not None)


def standstills(changes: Iterable[Change]) -> Iterator[tuple[date, date | None, Status]]:
    """As `pauses`, with where the case stood meanwhile; the last one has no end while the case is still there."""
    began: tuple[date, Status] | None = None
    for at, source, goal in changes:
        if began is not None:
            yield began[0], tokyo_day(at), began[1]
        away = goal in AWAY and source != Status.AWAITING_FEE
        began = (tokyo_day(at), Status(goal)) if away else None
    if began is not None:
        yield began[0], None, began[1]


def _days(session: Session, application_id: str, procedure: Procedure) -> int | None:
    days = procedure.review.standard_days if procedure.review else None
    if days is None or isinstance(days, int):
        return days
    [sent] = _LATEST.all(session, {"case_id": application_id})
    return standard_days(procedure, walk(procedure, stored.unpack(sent.answers), tokyo_day(sent.submitted_at)))
