"""What holds of every clock, whatever happened to its case."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import add_business_days, business_days_between
from engine.lifecycle import Event, Status
from procedures.clock.reading import Clock, clock_of
from procedures.reading.casefile import Happening
from procedures.standard_period import last_day, pauses
from tests.procedures.clock.by_hand import TOKYO, moment

ARRIVALS = st.tuples(st.dates(date(2019, 12, 1), date(2030, 12, 31)), st.times()).map(
    lambda one: datetime.combine(*one, TOKYO)
)
HOURS = st.integers(0, 24 * 40)
ROUNDS = st.lists(st.tuples(HOURS, HOURS), max_size=5)
"""So many hours with the office, then so many with the applicant."""

FEE, GOT, WORK = Status.AWAITING_FEE, Status.RECEIVED, Status.IN_REVIEW
ASKED, PROPOSED, ISSUE_FEE = Status.CORRECTION_REQUESTED, Status.DECISION_PROPOSED, Status.AWAITING_ISSUE_FEE


def happened(at: datetime, source: Status, goal: Status, event: Event = Event.RESUME) -> Happening:
    return Happening(at, event, source, goal, None, None)


def filed(received: datetime, rounds: list[tuple[int, int]]) -> tuple[list[Happening], datetime]:
    """The history of a case that went to and fro, and when that was over."""
    story, at = [happened(received, Status.DRAFT, GOT), happened(received, GOT, WORK)], received
    for with_office, with_applicant in rounds:
        at += timedelta(hours=with_office)
        story.append(happened(at, WORK, ASKED))
        at += timedelta(hours=with_applicant)
        story.append(happened(at, ASKED, WORK))
    return story, at


def due(story: list[Happening], days: int) -> date:
    """As the services count it when a case comes back."""
    return last_day(day(story[0].at), days, pauses((one.at, one.source, one.target) for one in story))


def day(at: datetime) -> date:
    return at.astimezone(TOKYO).date()


def told(story: list[Happening], due_on: date, today: date) -> Clock:
    clock = clock_of(story, due_on, today)
    assert clock is not None
    return clock


@given(ARRIVALS, st.integers(1, 60))
def test_without_pauses_it_is_the_arithmetic_of_business_days(received: datetime, days: int) -> None:
    story, _ = filed(received, [])
    clock = told(story, due(story, days), day(received))
    assert clock.last_day == add_business_days(day(received), days)
    assert (clock.days, clock.used, clock.left, clock.stood) == (days, 0, days, 0)


@given(ARRIVALS, st.integers(1, 60), ROUNDS, st.tuples(HOURS, HOURS))
def test_a_pause_of_so_many_business_days_moves_it_by_as_many_and_never_back(
    received: datetime, days: int, rounds: list[tuple[int, int]], one_more: tuple[int, int]
) -> None:
    before, _ = filed(received, rounds)
    after, _ = filed(received, [*rounds, one_more])
    paused = business_days_between(day(after[-2].at), day(after[-1].at))
    assert due(after, days) == add_business_days(due(before, days), paused)
    assert due(after, days) >= due(before, days)


@given(ARRIVALS, st.integers(1, 60), ROUNDS, HOURS)
def test_what_is_shown_adds_up(received: datetime, days: int, rounds: list[tuple[int, int]], later: int) -> None:
    story, end = filed(received, rounds)
    today = day(end + timedelta(hours=later))
    clock = told(story, due(story, days), today)
    assert clock.days == days
    assert clock.used + clock.left == days
    assert clock.left == business_days_between(today, clock.last_day)
    assert clock.used + clock.stood == business_days_between(clock.received_on, today)
    assert clock.last_day == add_business_days(clock.received_on, days + clock.stood)
    assert (clock.left < 0) == (today > clock.last_day and business_days_between(clock.last_day, today) > 0)


@given(ARRIVALS, st.integers(1, 60), ROUNDS, HOURS, HOURS)
def test_while_it_is_away_it_shows_what_will_hold_if_it_comes_back_today(
    received: datetime, days: int, rounds: list[tuple[int, int]], office: int, away: int
) -> None:
    story, _ = filed(received, [*rounds, (office, away)])
    back, still = story, story[:-1]
    known = due(still, days)  # what the case holds: counted when it came back before
    clock = told(still, known, day(back[-1].at))
    assert clock.paused
    assert clock.days == days
    assert clock.last_day == due(back, days)


def test_once_decided_it_stops_and_a_case_taken_up_again_goes_on() -> None:
    story = [
        happened(moment("2026-06-01"), Status.DRAFT, GOT),
        happened(moment("2026-06-01"), GOT, WORK),
        happened(moment("2026-06-04"), WORK, PROPOSED),
        happened(moment("2026-06-05"), PROPOSED, ISSUE_FEE),
        happened(moment("2026-06-09"), ISSUE_FEE, Status.APPROVED),
    ]
    clock = told(story, date(2026, 6, 15), date(2026, 7, 1))
    assert (clock.used, clock.left, clock.stopped_on, clock.standstills) == (4, 6, date(2026, 6, 5), ())
    assert clock.last_day == date(2026, 6, 15)
    story.append(happened(moment("2026-06-11"), Status.APPROVED, WORK))
    again = told(story, due(story, 10), date(2026, 6, 12))
    assert again.last_day == date(2026, 6, 19)  # 8, 9, 10, 11 June were nobody's
    assert [(one.since, one.until, one.days, one.corrected) for one in again.standstills] == [
        (date(2026, 6, 5), date(2026, 6, 11), 4, False)
    ]
    assert (again.used, again.stopped_on, again.days) == (5, None, 10)


def test_what_never_was_received_or_has_no_period_has_no_clock() -> None:
    waiting = [happened(moment("2026-06-01"), Status.DRAFT, FEE, Event.SUBMIT)]
    assert clock_of(waiting, None, date(2026, 6, 2)) is None
    assert clock_of(waiting, date(2026, 6, 2), date(2026, 6, 2)) is None
    assert clock_of([happened(moment("2026-06-01"), Status.DRAFT, GOT)], None, date(2026, 6, 2)) is None


def test_a_payment_that_failed_begins_it_anew() -> None:
    story = [
        happened(moment("2026-06-01"), FEE, GOT, Event.PAY),
        happened(moment("2026-06-02"), GOT, FEE, Event.UNPAY),
        happened(moment("2026-06-08"), FEE, GOT, Event.PAY),
    ]
    clock = told(story, date(2026, 6, 22), date(2026, 6, 9))
    assert (clock.received_on, clock.begins_on, clock.days) == (date(2026, 6, 8), date(2026, 6, 9), 10)


def test_asked_before_the_fee_stands_still_nothing() -> None:
    story = [
        happened(moment("2026-06-01"), FEE, ASKED, Event.REQUEST_CORRECTION),
        happened(moment("2026-06-03"), ASKED, FEE),
        happened(moment("2026-06-04"), FEE, GOT, Event.WAIVE),
    ]
    clock = told(story, date(2026, 6, 18), date(2026, 6, 4))
    assert (clock.days, clock.standstills) == (10, ())
