"""When applications are taken: held against a day-by-day look at the calendar, over leap years and New Year."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling import Concepts, compile_procedure
from engine.explain import explain
from engine.model import Text
from engine.model.acceptance import Acceptance, Limit, Period, Suspension, YearDay
from engine.rules.acceptance import next_open, next_window, span_on, standing, window
from tests.engine.language.specs import procedure, spec

DAY = timedelta(days=1)
CLOSED = Text("休止")
days = st.dates(date(2023, 1, 1), date(2029, 12, 31))
year_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: YearDay(day.month, day.day))
yearly = st.builds(Period, year_days, year_days)
dated = st.tuples(days, st.integers(0, 500)).map(lambda one: Period(one[0], one[0] + one[1] * DAY))
periods = st.lists(yearly | dated, max_size=3).map(tuple)
suspensions = st.none() | st.builds(Suspension, st.just(CLOSED), st.none() | days, st.none() | days)


def on(year_day: YearDay, day: date) -> int:
    """-1, 0, 1: whether `day` lies before, on or after that day in its own year."""
    mine, theirs = (day.month, day.day), (year_day.month, year_day.day)
    return (mine > theirs) - (mine < theirs)


def inside(period: Period, day: date) -> bool:
    """Said without years: between the two days of the year, or outside of the gap between them."""
    if isinstance(period.start, date):
        return period.start <= day and (period.until is None or day <= period.until)
    started, running = on(period.start, day) >= 0, on(period.until, day) <= 0
    wraps = (period.until.month, period.until.day) < (period.start.month, period.start.day)
    return (started or running) if wraps else (started and running)


def taken(accepts: Acceptance, day: date) -> bool:
    suspended = accepts.suspended
    if suspended and (suspended.start or day) <= day <= (suspended.until or day):
        return False
    return not accepts.periods or any(inside(period, day) for period in accepts.periods)


def later(day: date) -> Iterator[date]:
    return (day + n * DAY for n in range(3500))


@given(periods, suspensions, days)
def test_it_stands_as_a_look_at_the_calendar_says(
    found: tuple[Period, ...], suspended: Suspension | None, day: date
) -> None:
    accepts = Acceptance(found, None, suspended)
    told = standing(accepts, day)
    assert (told.state == "open") == taken(accepts, day)
    expected = next((one for one in later(day) if taken(accepts, one)), None)
    assert next_open(accepts, day) == expected
    if told.state != "open":
        assert told.opens == expected
        assert (told.state == "over") == (expected is None and told.state != "suspended")


@given(yearly, days)
def test_a_yearly_period_is_one_stretch_of_open_days(period: Period, day: date) -> None:
    span = span_on(Acceptance((period,)), day)
    if span is not None and span.last is not None:
        assert span.first <= day <= span.last <= span.first + 366 * DAY
        assert all(inside(period, span.first + n * DAY) for n in range((span.last - span.first).days + 1))


@pytest.mark.parametrize(
    ("start", "until", "day", "first", "last"),
    [
        ((2, 29), (3, 31), date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 31)),
        ((2, 29), (3, 31), date(2028, 2, 29), date(2028, 2, 29), date(2028, 3, 31)),
        ((2, 1), (2, 29), date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28)),
        ((2, 1), (2, 29), date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ((12, 1), (1, 31), date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 31)),
        ((12, 1), (1, 31), date(2027, 1, 1), date(2026, 12, 1), date(2027, 1, 31)),
        ((12, 1), (2, 29), date(2028, 2, 29), date(2027, 12, 1), date(2028, 2, 29)),
        ((4, 1), (3, 31), date(2027, 3, 31), date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_years_around_leap_days_and_new_year(
    start: tuple[int, int], until: tuple[int, int], day: date, first: date, last: date
) -> None:
    span = span_on(Acceptance((Period(YearDay(*start), YearDay(*until)),)), day)
    assert span is not None
    assert (span.first, span.last) == (first, last)


SPRING = Acceptance((Period(YearDay(4, 1), YearDay(6, 30)),))


@pytest.mark.parametrize(
    ("day", "state", "closes", "opens"),
    [
        (date(2026, 3, 31), "not_yet", None, date(2026, 4, 1)),
        (date(2026, 4, 1), "open", date(2026, 6, 30), None),
        (date(2026, 6, 30), "open", date(2026, 6, 30), None),
        (date(2026, 7, 1), "not_yet", None, date(2027, 4, 1)),
    ],
)
def test_what_is_told_of_a_day(day: date, state: str, closes: date | None, opens: date | None) -> None:
    told = standing(SPRING, day)
    assert (told.state, told.closes, told.opens) == (state, closes, opens)


def test_a_suspension_says_why_and_when_it_goes_on() -> None:
    accepts = Acceptance(SPRING.periods, None, Suspension(CLOSED, date(2026, 6, 1), date(2026, 6, 30)))
    told = standing(accepts, date(2026, 6, 15))
    assert (told.state, told.notice, told.opens) == ("suspended", CLOSED, date(2027, 4, 1))
    for_ever = Acceptance((), None, Suspension(CLOSED))
    assert standing(for_ever, date(2026, 6, 15)).opens is None
    assert next_open(Acceptance((), None, Suspension(CLOSED, None, date.max)), date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("per", "words", "anew"),
    [
        ("day", "day 2026-05-01", date(2026, 5, 2)),
        ("month", "month 2026-05", date(2026, 6, 1)),
        ("year", "year 2026", date(2027, 4, 1)),  # 1 January is not open
        ("fiscal_year", "fiscal year 2026", date(2027, 4, 1)),
        ("period", "period 2026-04-01", date(2027, 4, 1)),
        (None, "in all", None),
    ],
)
def test_what_a_limit_counts_and_when_anew(per: str | None, words: str, anew: date | None) -> None:
    limit = Limit(10, per)
    assert window(limit, SPRING, date(2026, 5, 1)) == words
    assert next_window(limit, SPRING, date(2026, 5, 1)) == anew


@given(st.sampled_from(["day", "month", "year", "fiscal_year", "period"]), days)
def test_a_new_window_begins_on_the_first_open_day_that_is_counted_anew(per: str, day: date) -> None:
    limit = Limit(1, per)
    accepts = Acceptance((Period(YearDay(12, 1), YearDay(4, 30)),))
    if not taken(accepts, day):
        return
    here = window(limit, accepts, day)
    expected = next(one for one in later(day) if taken(accepts, one) and window(limit, accepts, one) != here)
    assert next_window(limit, accepts, day) == expected


def test_explain_says_whether_it_is_open() -> None:
    more = "accepts: {periods: [{from: 04-01, until: 06-30, every: year}]}\n"
    found = procedure("name: {type: text, title: 名前}", more=more)
    assert "Applications are taken, until 30 June 2026" in explain(found, {}, date(2026, 5, 1), "en")
    assert "受付期間ではない（次は2027年4月1日から）" in explain(found, {}, date(2026, 7, 1), "ja")
    once = procedure(
        "name: {type: text, title: 名前}", more="accepts: {periods: [{from: 2026-04-01, until: 2026-06-30}]}\n"
    )
    assert "受付は終わっている" in explain(once, {}, date(2026, 7, 1), "ja")


EDGES = ["0001-01-01", "9999-12-31", "2026-02-28", "01-01", "12-31", "02-29", "2026-13-01", "x", "1"]


@given(
    st.sampled_from([*EDGES, ""]),
    st.lists(st.tuples(st.sampled_from(EDGES), st.sampled_from([*EDGES, ""]), st.booleans()), max_size=3),
    st.none() | st.tuples(st.sampled_from([*EDGES, ""]), st.sampled_from([*EDGES, ""])),
    st.sampled_from(["", "period", "day", "fiscal_year", "month", "year"]),
)
def test_whatever_days_are_written_they_are_judged_and_never_break_it(
    version: str, spans: list[tuple[str, str, bool]], closed: tuple[str, str] | None, per: str
) -> None:
    rows = [
        f"{{from: {first}{f', until: {last}' if last else ''}{', every: year' if yearly else ''}}}"
        for first, last, yearly in spans
    ]
    accepts = [f"periods: [{', '.join(rows)}]"] if rows else []
    accepts += [f"limit: {{number: 1{f', per: {per}' if per else ''}}}"]
    if closed:
        days = "".join(f", {key}: {day}" for key, day in zip(("from", "until"), closed, strict=True) if day)
        accepts += [f"suspended: {{notice: 休止{days}}}"]
    source = spec("name: {type: text, title: 名前}", more=f"accepts: {{{', '.join(accepts)}}}\n")
    written = f"version: {version}\n" if version else ""
    found = compile_procedure(source.replace("version: 2026-04-01\n", written), "spec.yaml", Concepts.empty())
    if found.procedure is not None:
        for day in (date.min, date(2026, 5, 1), date(9998, 12, 31)):
            told = standing(found.procedure.accepts, day)
            assert (told.state == "open") == (next_open(found.procedure.accepts, day) == day)
            assert found.procedure.accepts.limit is not None
            next_window(found.procedure.accepts.limit, found.procedure.accepts, day)
