"""What offices have to do now: open cases by their age, and what is late."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from engine.lifecycle import Status
from procedures.days import day_begins
from procedures.models import Application
from procedures.reading.queues import WITH_OFFICE
from procedures.statistics.asked import Asked

BOUNDS = (7, 14, 30, 60)
"""Ages in days up to which open cases are counted together; the last group has no end."""


@dataclass(frozen=True, slots=True)
class Age:
    """Cases with the office, submitted `least` to `most` days ago (None: or longer), and the days that this was."""

    least: int
    most: int | None
    count: int
    first_day: date | None
    last_day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Cases that the office has, by age, procedure and office; the late ones; and what waits for a correction."""

    ages: tuple[Age, ...]
    by_procedure: Mapping[str, int]
    by_office: Mapping[str, int]
    late: int
    with_applicant: int

    @property
    def open(self) -> int:
        """How many cases the office has."""
        return sum(age.count for age in self.ages)


def standing(session: Session, asked: Asked, today: date) -> Standing:
    """One statement over what is not over; the months that were asked for make no difference."""
    bounds = [day_begins(today, -most) for most in BOUNDS]
    group = case(*((Application.submitted_at >= bound, place) for place, bound in enumerate(bounds)), else_=len(BOUNDS))
    here = Application.status.in_(WITH_OFFICE)
    query = (
        select(
            Application.procedure_id,
            Application.office,
            group.label("age"),
            func.count().filter(here).label("here"),
            func.count().filter(and_(here, Application.due_on < today)).label("late"),
            func.count().filter(~here).label("away"),
        )
        .where(Application.status.in_((*WITH_OFFICE, Status.CORRECTION_REQUESTED)), asked.holds(Application.office))
        .group_by(Application.procedure_id, Application.office, group)
    )
    if asked.procedure_id:
        query = query.where(Application.procedure_id == asked.procedure_id)
    ages, procedures, offices = Counter[int](), Counter[str](), Counter[str]()
    late = away = 0
    for row in session.execute(query):
        ages[row.age] += row.here
        procedures[row.procedure_id] += row.here
        offices[row.office] += row.here
        late, away = late + row.late, away + row.away
    return Standing(_aged(ages, today), dict(procedures), dict(offices), late, away)


def _aged(counts: Mapping[int, int], today: date) -> tuple[Age, ...]:
    least, found = 0, []
    for place, most in enumerate((*BOUNDS, None)):
        first = today - timedelta(days=most) if most is not None else None
        found.append(Age(least, most, counts[place], first, today - timedelta(days=least)))
        least = (most or 0) + 1
    return tuple(found)
