"""Applications can be taken at some time, and each is counted with one period."""

from datetime import date
from itertools import combinations

from engine.checks.subject import Path, Subject
from engine.model.acceptance import Acceptance
from engine.problems import Code
from engine.rules.acceptance import Span, next_open, spans

BACKWARDS = Code("period-backwards", example="periods: [{from: 2026-06-30, until: 2026-04-01}]")
OVER = Code(
    "period-over", example="version: 2026-07-01 … periods: [{from: 2026-04-01, until: 2026-06-30}]", severity="warning"
)
OVERLAP = Code("periods-overlap", example="periods: [{from: 2026-04-01}, {from: 2026-10-01}]")
NEVER_OPEN = Code("never-open", example="accepts: {suspended: {notice: 休止しています}}      # without an end")
PER_PERIOD = Code("limit-without-period", example="accepts: {limit: {number: 100, per: period}}      # no periods")

YEARS = 5  # yearly periods that overlap do so within these


def check(subject: Subject) -> None:
    """Report periods that cannot be used, and a procedure that nobody can ever apply for."""
    accepts, version = subject.procedure.accepts, subject.procedure.version
    ordered = _judge_days(subject, accepts)
    if ordered and next_open(accepts, version) is None:
        subject.problem(NEVER_OPEN, ("accepts",), version=version)
    elif ordered:
        _judge_overlaps(subject, accepts, version)
        _judge_past(subject, accepts, version)
    if accepts.limit is not None and accepts.limit.per == "period" and not accepts.periods:
        subject.problem(PER_PERIOD, ("accepts", "limit", "per"))


def _judge_days(subject: Subject, accepts: Acceptance) -> bool:
    """Whether every period ends after it begins; of every year it may go over New Year."""
    spans: list[tuple[Path, object, object]] = [
        (("accepts", "periods", index), period.start, period.until) for index, period in enumerate(accepts.periods)
    ]
    if accepts.suspended is not None:
        spans.append((("accepts", "suspended"), accepts.suspended.start, accepts.suspended.until))
    faulty = [path for path, start, until in spans if _backwards(start, until)]
    for path in faulty:
        subject.problem(BACKWARDS, (*path, "until"))
    return not faulty


def _backwards(start: object, until: object) -> bool:
    return isinstance(start, date) and isinstance(until, date) and until < start


def _judge_overlaps(subject: Subject, accepts: Acceptance, version: date) -> None:
    for one, other in combinations(range(len(accepts.periods)), 2):
        if any(_meet(a, b) for a in _all(accepts, one, version) for b in _all(accepts, other, version)):
            subject.problem(OVERLAP, ("accepts", "periods", other), first=one + 1, second=other + 1)


def _all(accepts: Acceptance, index: int, version: date) -> set[Span]:
    years = range(version.year, min(version.year + YEARS, date.max.year))
    return {span for year in years for span in spans(accepts.periods[index], date(year, 1, 1))}


def _meet(one: Span, other: Span) -> bool:
    return one.holds(other.first) or other.holds(one.first)


def _judge_past(subject: Subject, accepts: Acceptance, version: date) -> None:
    for index, period in enumerate(accepts.periods):
        if isinstance(period.until, date) and period.until < version:
            subject.problem(OVER, ("accepts", "periods", index), until=period.until, version=version)
    suspended = accepts.suspended
    if suspended is not None and suspended.until is not None and suspended.until < version:
        subject.problem(OVER, ("accepts", "suspended"), until=suspended.until, version=version)
