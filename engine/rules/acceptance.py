"""Whether applications are taken on a day of Tokyo, until when, from when again, and what a limit counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from engine.model import Text
from engine.model.acceptance import Acceptance, Limit, Period, Suspension, YearDay

State = Literal["open", "not_yet", "over", "suspended", "full"]

APRIL, DECEMBER = 4, 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its years: `first` to `last`, both included; without `last` it does not end."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether `day` is in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands on a day. `closes` is the last day of the period that is open; `opens` the next day that is.

    Only who counts the cases can tell `left`, the places that are free, and the state `full`.
    """

    state: State
    closes: date | None = None
    opens: date | None = None
    notice: Text | None = None
    left: int | None = None


def standing(accepts: Acceptance, day: date) -> Standing:
    """How it stands on `day`."""
    if accepts.suspended is not None and _holds(accepts.suspended, day):
        return Standing("suspended", opens=next_open(accepts, day), notice=accepts.suspended.notice)
    if not accepts.periods:
        return Standing("open")
    span = span_on(accepts, day)
    if span is not None:
        return Standing("open", closes=span.last)
    opens = next_open(accepts, day)
    return Standing("over") if opens is None else Standing("not_yet", opens=opens)


def next_open(accepts: Acceptance, day: date) -> date | None:
    """The first day from `day` on that is open; None where there is none any more."""
    suspended = accepts.suspended
    if suspended is not None and _holds(suspended, day):
        again = _after(suspended.until)
        return None if again is None else next_open(accepts, again)
    if not accepts.periods or span_on(accepts, day) is not None:
        return day
    later = [span.first for period in accepts.periods for span in spans(period, day) if span.first > day]
    return next_open(accepts, min(later)) if later else None


def span_on(accepts: Acceptance, day: date) -> Span | None:
    """The period that `day` is in."""
    return next((span for period in accepts.periods for span in spans(period, day) if span.holds(day)), None)


def spans(period: Period, day: date) -> Iterator[Span]:
    """The period itself; of a yearly one, those of the years around `day`, the earliest first.

    One that ends before it begins goes over New Year. Where a year has no 29 February, it begins with 1 March, or ends
    with 28 February (民法第143条第2項ただし書).
    """
    start, until = period.start, period.until
    if isinstance(start, date):
        yield Span(start, until if isinstance(until, date) else None)
    elif isinstance(until, YearDay):
        over_new_year = (until.month, until.day) < (start.month, start.day)
        for year in range(max(day.year - 1, date.min.year), min(day.year + 2, date.max.year)):
            yield Span(_from(start, year), _until(until, year + over_new_year))


def window(limit: Limit, accepts: Acceptance, day: date) -> str:
    """What a case of `day` is counted with: the cases with the same words."""
    match limit.per:
        case "day":
            return f"day {day.isoformat()}"
        case "month":
            return f"month {day.isoformat()[:7]}"
        case "year":
            return f"year {day.year}"
        case "fiscal_year":
            return f"fiscal year {_fiscal_year(day)}"
        case "period":
            span = span_on(accepts, day)
            return "period" if span is None else f"period {span.first.isoformat()}"
    return "in all"


def next_window(limit: Limit, accepts: Acceptance, day: date) -> date | None:
    """When the limit is reached: the first day that is open and counted anew."""
    span = span_on(accepts, day)
    match limit.per:
        case "day":
            after = _after(day)
        case "month":
            after = date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, 1)
        case "year":
            after = date(day.year + 1, 1, 1)
        case "fiscal_year":
            after = date(_fiscal_year(day) + 1, APRIL, 1)
        case _:
            after = _after(span.last) if limit.per == "period" and span is not None else None
    return None if after is None else next_open(accepts, after)


def _holds(suspended: Suspension, day: date) -> bool:
    started = suspended.start is None or suspended.start <= day
    return started and (suspended.until is None or day <= suspended.until)


def _after(day: date | None) -> date | None:
    """The next day; None after no day, and after the last of the calendar."""
    return None if day is None or day == date.max else day + ONE_DAY


def _fiscal_year(day: date) -> int:
    return day.year if day.month >= APRIL else day.year - 1


def _from(start: YearDay, year: int) -> date:
    try:
        return date(year, start.month, start.day)
    except ValueError:  # 29 February
        return date(year, start.month + 1, 1)


def _until(until: YearDay, year: int) -> date:
    try:
        return date(year, until.month, until.day)
    except ValueError:
        return date(year, until.month, until.day - 1)
