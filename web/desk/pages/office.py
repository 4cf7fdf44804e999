"""The page of an office as its template needs it: figures, tables with ways into the queue, two charts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from engine.words import say
from procedures.reading.queues import QueueFilter
from procedures.statistics.measures import Figures
from procedures.statistics.reading import Cell, Report
from procedures.statistics.standing import Standing
from web.desk.pages.filters import query_of
from web.finance.names import show_month
from web.finance.periods import Year, month_of
from web.pages.charts import Chart, chart_of

CAME_AND_WENT, DAYS = ("received", "decided"), ("median", "ninth")
NOTHING = Figures({})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for; `office` and `procedure` are empty for all of mine."""

    office: str
    procedure: str
    year: Year

    def query(self, **changed: str) -> str:
        """The query string of this page with something else chosen."""
        parts = {"office": self.office, "procedure": self.procedure, "year": str(self.year), **changed}
        return urlencode({key: value for key, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Card:
    """A figure on top: its key, what is said in large, the way to what it is made of; `bad` stands out."""

    key: str
    value: str
    address: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what it is about, its figures, how many are open now, and the ways on."""

    name: str
    figures: Figures
    address: str = ""
    open: int | None = None
    open_address: str = ""


@dataclass(frozen=True, slots=True)
class AgeLine:
    """Open cases of one age, and the way to them."""

    least: int
    most: int | None
    count: int
    address: str


def cards(found: Report, now: Standing, chosen: Chosen, today: date, language: str) -> list[Card]:
    """The figures on top."""
    whole, queue = found.whole, _queue(chosen, today)
    return [
        Card("received", f"{whole.of('received'):,}"),
        Card("decided", f"{whole.decided:,}"),
        Card("open", f"{now.open:,}", _address(queue)),
        Card("late_now", f"{now.late:,}", _address(replace(queue, scope="late")), bad=now.late > 0),
        Card("median", days(whole.median, language)),
        Card("ninth", days(whole.ninth, language)),
        Card("late_share", percent(whole.late_share)),
        Card("correction_share", percent(whole.correction_share)),
    ]


def months(found: Report, chosen: Chosen, today: date) -> list[Line]:
    """One row for each month of the year that has begun."""
    begun = [month for month in chosen.year.months if month.first <= today]
    return [Line(show_month(month), found.months.get(month.first, NOTHING)) for month in begun]


def procedures(found: Report, now: Standing, chosen: Chosen, titles: Mapping[str, str], today: date) -> list[Line]:
    """One row for each procedure that something happened in, or that is open; by name."""
    ids = found.procedures.keys() | {id for id, count in now.by_procedure.items() if count}
    lines = [
        Line(
            titles.get(id, id),
            found.procedures.get(id, NOTHING),
            f"/desk/office?{chosen.query(procedure=id)}",
            now.by_procedure.get(id, 0),
            _address(replace(_queue(chosen, today), procedure_id=id)),
        )
        for id in ids
    ]
    return sorted(lines, key=lambda line: line.name)


def offices(found: Report, now: Standing, chosen: Chosen, names: Mapping[str, str], today: date) -> list[Line]:
    """One row for each office, where one looks at several; by name."""
    ids = found.offices.keys() | {id for id, count in now.by_office.items() if count}
    if chosen.office or len(ids) < 2:  # noqa: PLR2004 - nothing to compare
        return []
    lines = [
        Line(
            names.get(id, id),
            found.offices.get(id, NOTHING),
            f"/desk/office?{chosen.query(office=id)}",
            now.by_office.get(id, 0),
            _address(replace(_queue(chosen, today), office=id)),
        )
        for id in ids
    ]
    return sorted(lines, key=lambda line: line.name)


def ages(now: Standing, chosen: Chosen, today: date) -> list[AgeLine]:
    """Open cases by their age."""
    return [
        AgeLine(
            age.least,
            age.most,
            age.count,
            _address(replace(_queue(chosen, today), submitted_from=age.first_day, submitted_to=age.last_day)),
        )
        for age in now.ages
    ]


def charts(lines: Sequence[tuple[date, Figures]], language: str) -> dict[str, Chart]:
    """What came and went by month, and how long it took."""
    marks = [(_mark(month, language), figures) for month, figures in lines]
    flow = [(mark, [one.of("received"), one.decided]) for mark, one in marks]
    took = [(mark, [one.median or 0, one.ninth or 0]) for mark, one in marks]
    return {"flow": chart_of(flow, CAME_AND_WENT), "took": chart_of(took, DAYS)}


def by_month(found: Report, chosen: Chosen, today: date) -> list[tuple[date, Figures]]:
    """The figures of each month that has begun."""
    begun = [month.first for month in chosen.year.months if month.first <= today]
    return [(first, found.months.get(first, NOTHING)) for first in begun]


COLUMNS = ("received", "approve", "partly", "refuse", "revoked", "withdrawn", "lapsed")


def csv_rows(
    found: Mapping[Cell, Figures], names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[list[object]]:
    """A row for each office, month and procedure."""
    for (office, month, procedure), one in found.items():
        yield [
            office,
            names.get(office, office),
            str(month_of(month)),
            procedure,
            titles.get(procedure, procedure),
            *(one.of(what) for what in COLUMNS),  # type: ignore[arg-type] - each is a What
            one.decided,
            *(_cell(value) for value in (one.median, one.ninth, one.calendar_median, one.calendar_ninth)),
            one.of("timed"),
            one.of("late"),
            one.of("corrected"),
        ]


def days(count: int | None, language: str) -> str:
    """A number of days in words; a dash for none."""
    return "—" if count is None else say("desk.office_days", language, count=count)


def percent(share: float | None) -> str:
    """A share as people write it; a dash of nothing."""
    return "—" if share is None else f"{share * 100:.1f}%"


def _cell(value: int | None) -> object:
    return "" if value is None else value


def _mark(month: date, language: str) -> str:
    return f"{month:%b}" if language == "en" else f"{month.month}月"


def _queue(chosen: Chosen, today: date) -> QueueFilter:
    return QueueFilter(today, "open", office=chosen.office or None, procedure_id=chosen.procedure or None)


def _address(filters: QueueFilter) -> str:
    return f"/desk?{query_of(filters)}"
