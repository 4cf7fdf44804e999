"""How one procedure did over some days: for its authors, and never about fewer people than would hide one of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.model import Procedure
from procedures.insight.durations import quantile
from procedures.insight.leaving import CHECK, standing
from procedures.insight.measures import Measure
from procedures.models import Feedback, JourneyCount

FEW = 5
"""Fewer people than this are not counted out: one of them could be recognised (small-cell suppression)."""


@dataclass(frozen=True, slots=True)
class PageReport:
    """One step, or the check page (`CHECK`). `passed`: drafts that answered it; `left`: drafts that ended there.

    `median` and `ninth` (the 90th percentile) are seconds a visit; None where fewer than `FEW` were timed.
    """

    page: str
    shown: int
    passed: int
    refused: int
    left: int
    waiting: int
    median: float | None
    ninth: float | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A question that was refused: its id, the key of the refusal's words, how often."""

    field: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """What those said who answered: how many chose 1 to 5, the median of their minutes, their words (newest first)."""

    ease: Mapping[int, int]
    minutes: float | None
    words: tuple[tuple[date, str], ...]

    @property
    def count(self) -> int:
        """How many answered."""
        return sum(self.ease.values())


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `devices` and `languages` count starts; `without_script` pages answered without JavaScript."""

    started: int
    submitted: int
    pages: tuple[PageReport, ...]
    mistakes: tuple[Mistake, ...]
    devices: Mapping[str, int]
    languages: Mapping[str, int]
    without_script: int
    opinion: Opinion


def report(session: Session, procedure: Procedure, since: date, until: date) -> Report:
    """The counts of every version of the procedure from `since` to `until`, in the order of this version's steps."""
    counts = _counts(session, procedure.id, since, until)
    whole = counts[""]
    waiting = standing(session, procedure.id, until)
    return Report(
        started=sum(whole[Measure.STARTED].values()),
        submitted=sum(whole[Measure.SUBMITTED].values()),
        pages=tuple(_page(name, counts[name], waiting[name]) for name in _pages(procedure, [*counts, *waiting])),
        mistakes=_mistakes(counts),
        devices=dict(whole[Measure.STARTED].most_common()),
        languages=dict(whole[Measure.LANGUAGE].most_common()),
        without_script=sum(page[Measure.WITHOUT_SCRIPT].total() for page in counts.values()),
        opinion=_opinion(session, procedure.id, since, until),
    )


def _pages(procedure: Procedure, counted: Iterable[str]) -> list[str]:
    """The pages in the order of the steps, each list after its step; what only earlier versions had comes last."""
    order = {step.id: place for place, step in enumerate(procedure.steps)}
    order[CHECK] = len(order)
    names = {*order, *counted} - {""}
    return sorted(names, key=lambda name: (order.get(name.partition("/")[0], len(order)), name))


Counts = Mapping[str, Mapping[Measure, Counter[str]]]


def _counts(session: Session, procedure_id: str, since: date, until: date) -> Counts:
    query = (
        select(JourneyCount.page, JourneyCount.measure, JourneyCount.detail, func.sum(JourneyCount.count))
        .where(JourneyCount.procedure_id == procedure_id, JourneyCount.day.between(since, until))
        .group_by(JourneyCount.page, JourneyCount.measure, JourneyCount.detail)
    )
    found: dict[str, dict[Measure, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for page, measure, detail, count in session.execute(query):
        found[page][Measure(measure)][detail] += int(count)
    return found


def _page(name: str, counts: Mapping[Measure, Counter[str]], waiting: int) -> PageReport:
    seconds = {int(bound): count for bound, count in counts[Measure.SECONDS].items()}
    enough = sum(seconds.values()) >= FEW
    return PageReport(
        page=name,
        shown=counts[Measure.SHOWN].total(),
        passed=counts[Measure.ANSWERED].total(),
        refused=counts[Measure.REFUSED].total(),
        left=counts[Measure.LEFT].total(),
        waiting=waiting,
        median=quantile(seconds, 0.5) if enough else None,
        ninth=quantile(seconds, 0.9) if enough else None,
    )


def _mistakes(counts: Counts) -> tuple[Mistake, ...]:
    total: Counter[str] = Counter()
    for page in counts.values():
        total.update(page[Measure.MISTAKE])
    return tuple(Mistake(*detail.split(" ", 1), count) for detail, count in total.most_common())


def _opinion(session: Session, procedure_id: str, since: date, until: date) -> Opinion:
    query = (
        select(Feedback.day, Feedback.ease, Feedback.minutes, Feedback.words)
        .where(Feedback.procedure_id == procedure_id, Feedback.day.between(since, until))
        .order_by(Feedback.day.desc(), Feedback.id)
    )
    rows = session.execute(query).all()
    minutes = [row.minutes for row in rows if row.minutes is not None]
    return Opinion(
        ease=Counter(row.ease for row in rows),
        minutes=float(median(minutes)) if len(minutes) >= FEW else None,
        words=tuple((row.day, row.words) for row in rows if row.words) if len(rows) >= FEW else (),
    )
