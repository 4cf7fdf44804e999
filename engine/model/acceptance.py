"""When applications are taken, and how many."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from engine.model.text import Text

Per = Literal["period", "year", "fiscal_year", "month", "day"]


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; days of the calendar or, `every` year, of the year. Without `until` it does not end."""

    start: date | YearDay
    until: date | YearDay | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """So many cases, first come, first served: `per` period, year …, or in all (None). `notice` is told when full."""

    number: int
    per: Per | None = None
    notice: Text | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """No new applications from `start` to `until`, both included; without them, before and after too."""

    notice: Text
    start: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Without `periods` always, without a `limit` any number."""

    periods: tuple[Period, ...] = ()
    limit: Limit | None = None
    suspended: Suspension | None = None


ALWAYS = Acceptance()
