"""/finance/totals/<year or month>: totals by month or day, by 歳入科目 and by bureau, also as CSV and PDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, abort, redirect

from engine.words import say
from payments.closing.computing import first_day
from payments.closing.sheet import titles_of
from payments.closing.spans import by_day, summed
from payments.totals.movements import Moved, Movements
from web.access import policy
from web.context import language, reading, today
from web.finance.frame import READER, blueprint, show
from web.finance.names import show_month
from web.finance.periods import Month, Year, year_of
from web.finance.sending import as_csv, as_pdf, section
from web.finance.totalling import Row, by_account, by_bureau
from web.pages.charts import chart_of
from web.pages.rendering import show_date

SERIES = ("demanded", "collected")
"""What its chart shows."""
FIGURES = ("demanded", "collected", "refunded", "ended")
"""What totals show; what was carried over between years is on the sheets of the days alone."""


@dataclass(frozen=True, slots=True)
class Totals:
    """A period's tables: its parts (months or days), its 歳入科目, its bureaus, and their sum."""

    period: Year | Month
    parts: list[Row]
    accounts: list[Row]
    bureaus: list[Row]
    whole: Moved


@blueprint.get("/finance/totals")
@policy(READER)
def totals_now() -> Response:
    """To the fiscal year that runs."""
    return redirect(f"/finance/totals/{year_of(today()).year}", 302)


@blueprint.get("/finance/totals/<period>")
@policy(READER)
def show_totals(period: str) -> Response:
    """The tables with a small chart."""
    totals = _totals(period)
    with reading() as session:
        first = first_day(session) or today()
    values = [(row.mark, [getattr(row.moved, name) for name in SERIES]) for row in totals.parts]
    return show(
        "totals.html",
        totals=totals,
        title=_title(totals.period),
        figures=FIGURES,
        series=SERIES,
        chart=chart_of(values, SERIES),
        period=period,
        around=_around(totals.period, first),
    )


@blueprint.get("/finance/totals/<period>.csv")
@policy(READER)
def export_totals(period: str) -> Response:
    """The three tables one below the other."""
    totals = _totals(period)
    head = [say(f"finance.{key}", language()) for key in ("csv_of", "code", "csv_name", *_figure_keys())]
    return as_csv(f"totals-{period}", head, _csv_rows(totals))


@blueprint.get("/finance/totals/<period>.pdf")
@policy(READER)
def print_totals(period: str) -> Response:
    """The three tables on paper."""
    totals = _totals(period)
    sections = [_section(heading, rows, totals.whole) for heading, rows in _tables(totals)]
    return as_pdf(f"totals-{period}", _title(totals.period), [], sections)


def _totals(text: str) -> Totals:
    period = Year.read(text) or Month.read(text)
    if period is None:
        abort(404)
    with reading() as session:
        moves = by_day(session, period.first, min(period.last, max(today(), period.first)))
        titles = titles_of(session)
    whole = summed(moves, period.first, period.last)
    parts = [_part(span, moves) for span in _spans(period)]
    return Totals(period, parts, by_account(whole, titles), by_bureau(whole, language()), whole.sum())


def _spans(period: Year | Month) -> Sequence[Month | date]:
    if isinstance(period, Year):
        return [month for month in period.months if month.first <= today()]
    days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    return [day for day in days if day <= today()]


def _part(span: Month | date, moves: dict[date, Movements]) -> Row:
    if isinstance(span, Month):
        moved = summed(moves, span.first, span.last).sum()
        facts: dict[str, object] = {"since": span.first, "until": span.last}
        return Row(str(span), show_month(span), moved, facts, f"/finance/totals/{span}", _mark(span))
    moved = summed(moves, span, span).sum()
    return Row(
        str(span), show_date(span), moved, {"since": span, "until": span}, f"/finance/days/{span}", str(span.day)
    )


def _mark(month: Month) -> str:
    return f"{month.first:%b}" if language() == "en" else f"{month.month}月"


def _around(period: Year | Month, first: date) -> list[tuple[str, str]]:
    """The ways to what is before, above and after, since the first posting."""
    if isinstance(period, Year):
        around: list[Year | Month] = [Year(period.year - 1), Year(period.year + 1)]
    else:
        around = [period.before, year_of(period.first), period.after]
    return [(_title(one), f"/finance/totals/{one}") for one in around if one.first <= today() and one.last >= first]


def _title(period: Year | Month) -> str:
    if isinstance(period, Year):
        return say("finance.totals_of_year", language(), year=period.year)
    return say("finance.totals_of_month", language(), month=show_month(period))


def _figure_keys() -> list[str]:
    return [f"figure_{name}" for name in FIGURES]


def _tables(totals: Totals) -> list[tuple[str, list[Row]]]:
    parts = "by_month" if isinstance(totals.period, Year) else "by_day"
    return [(parts, totals.parts), ("by_account", totals.accounts), ("by_bureau", totals.bureaus)]


def _csv_rows(totals: Totals) -> Iterator[list[object]]:
    for heading, rows in _tables(totals):
        for row in rows:
            amounts = [getattr(row.moved, name) for name in FIGURES]
            yield [say(f"finance.{heading}", language()), row.code, row.name, *amounts]


def _section(heading: str, rows: Iterable[Row], whole: Moved) -> dict[str, object]:
    drawn = [[row.name, row.code, *_amounts(row.moved)] for row in rows]
    total = [say("finance.total", language()), "", *_amounts(whole)]
    return section(say(f"finance.{heading}", language()), (heading, "code", *_figure_keys()), drawn, 2, total)


def _amounts(moved: Moved) -> list[str]:
    return [f"{getattr(moved, name):,}" for name in FIGURES]
