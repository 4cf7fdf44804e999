"""How an office did and stands: by month, by procedure, by office, and what is open now."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures.actors import EVERYWHERE
from procedures.days import day_begins
from procedures.models import Application, CountedDay, OfficeDay
from procedures.reading.queues import WITH_OFFICE
from procedures.statistics.measures import Figures, figures_of

OPEN = (*WITH_OFFICE, Status.CORRECTION_REQUESTED)
BOUNDS = (7, 14, 30, 60)
"""Ages in days up to which open cases are counted together; the last group has no end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which offices (`EVERYWHERE` among them: of all), from which month to which (their first days), which one."""

    offices: frozenset[str]
    first: date
    last: date
    procedure_id: str | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """Open cases submitted `least` to `most` days ago (None: or longer), and the days that this was."""

    least: int
    most: int | None
    count: int
    first_day: date | None
    last_day: date


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of what was asked; `counted_at` is when the newest day was counted, None before the first."""

    whole: Figures
    months: Mapping[date, Figures]
    procedures: Mapping[str, Figures]
    offices: Mapping[str, Figures]
    ages: tuple[Age, ...]
    open_by_procedure: Mapping[str, int]
    open_by_office: Mapping[str, int]
    late_now: int
    counted_at: datetime | None

    @property
    def open_now(self) -> int:
        """How many cases are open."""
        return sum(age.count for age in self.ages)


def report(session: Session, asked: Asked, today: date) -> Report:
    """Four statements, none of which looks at a case that is over."""
    grouped: dict[str, dict[object, list[tuple[str, int, int]]]] = {
        name: defaultdict(list) for name in ("month", "procedure", "office")
    }
    rows = []
    for row in session.execute(_counts(asked)):
        one = (row.what, row.value, int(row.count))
        rows.append(one)
        grouped["month"][row.month].append(one)
        grouped["procedure"][row.procedure_id].append(one)
        grouped["office"][row.office].append(one)
    ages, by_procedure, by_office, late = _standing(session, asked, today)
    figures = {name: {key: figures_of(part) for key, part in parts.items()} for name, parts in grouped.items()}
    return Report(
        figures_of(rows),
        figures["month"],  # type: ignore[arg-type] - keyed by what the column holds
        figures["procedure"],  # type: ignore[arg-type] - as above
        figures["office"],  # type: ignore[arg-type] - as above
        _aged(ages, today),
        by_procedure,
        by_office,
        late,
        session.execute(select(func.max(CountedDay.counted_at))).scalar_one(),
    )


def _counts(asked: Asked) -> Select[tuple[date, str, str, str, int, int]]:
    columns = (OfficeDay.month, OfficeDay.procedure_id, OfficeDay.office, OfficeDay.what, OfficeDay.value)
    query = (
        select(*columns, func.sum(OfficeDay.count).label("count"))
        .where(_of(OfficeDay.office, asked.offices), OfficeDay.month.between(asked.first, asked.last))
        .group_by(*columns)
    )
    return query.where(OfficeDay.procedure_id == asked.procedure_id) if asked.procedure_id else query


def _of(column: ColumnElement[str], offices: frozenset[str]) -> ColumnElement[bool]:
    return literal(True) if EVERYWHERE in offices else column.in_(sorted(offices))  # noqa: FBT003 - an SQL literal


def _standing(session: Session, asked: Asked, today: date) -> tuple[list[int], dict[str, int], dict[str, int], int]:
    """What is open now: by age, by procedure, by office; and how much of it is late."""
    bounds = [day_begins(today, -most) for most in BOUNDS]
    group = case(*((Application.submitted_at >= bound, place) for place, bound in enumerate(bounds)), else_=len(BOUNDS))
    late = and_(Application.status.in_(WITH_OFFICE), Application.due_on < today)
    query = (
        select(
            Application.procedure_id,
            Application.office,
            group.label("age"),
            func.count().label("count"),
            func.count().filter(late).label("late"),
        )
        .where(Application.status.in_(OPEN), _of(Application.office, asked.offices))
        .group_by(Application.procedure_id, Application.office, group)
    )
    if asked.procedure_id:
        query = query.where(Application.procedure_id == asked.procedure_id)
    ages, by_procedure, by_office, late_now = [0] * (len(BOUNDS) + 1), Counter[str](), Counter[str](), 0
    for row in session.execute(query):
        ages[row.age] += row.count
        by_procedure[row.procedure_id] += row.count
        by_office[row.office] += row.count
        late_now += row.late
    return ages, dict(by_procedure), dict(by_office), late_now


def _aged(counts: list[int], today: date) -> tuple[Age, ...]:
    least, found = 0, []
    for count, most in zip(counts, (*BOUNDS, None), strict=True):
        first = today - timedelta(days=most) if most is not None else None
        found.append(Age(least, most, count, first, today - timedelta(days=least)))
        least = (most or 0) + 1
    return tuple(found)
