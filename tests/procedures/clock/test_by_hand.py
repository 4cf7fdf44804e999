"""The clock against cases counted by hand."""

from datetime import date, datetime, timedelta

import pytest

from engine.lifecycle import Status
from procedures import cases, drafts, library, submissions
from procedures.actors import Actor
from procedures.clock.reading import clock_of
from procedures.corrections import overdue, resubmitting
from procedures.days import tokyo_day
from procedures.standard_period import last_day
from tests.procedures.clock.by_hand import COUNTED, PAUSED, Counted, moment
from tests.procedures.conftest import ANSWERS, SPECS
from tests.procedures.corrections.conftest import CorrectionDesk

LATER = timedelta(days=90)


@pytest.mark.parametrize("counted", COUNTED, ids=lambda one: f"{one.received}+{one.days} {one.pauses or ''}")
def test_by_arithmetic(counted: Counted) -> None:
    stood = [(tokyo_day(asked), tokyo_day(answered)) for asked, answered in counted.moments]
    assert last_day(tokyo_day(counted.received_at), counted.days, stood) == counted.due_on, counted.why


def _published(desk: CorrectionDesk, kimura: Actor) -> dict[int, object]:
    """The permit once for every length of the period."""
    text = (SPECS / "permit.yaml").read_text(encoding="utf-8").replace("version: 2026-04-01", "version: 2015-01-01")
    lengths = {one.days for one in COUNTED}
    with desk.database.write() as session:
        return {
            days: library.publish(
                session,
                kimura,
                moment("2014-12-01"),
                text.replace("id: permit", f"id: permit-{days}").replace("standard_days: 10", f"standard_days: {days}"),
                f"permit-{days}.yaml",
                "",
            ).procedure
            for days in lengths
        }


@pytest.mark.sqlite_only
def test_through_the_services(desk: CorrectionDesk, kimura: Actor) -> None:
    known = _published(desk, kimura)
    for counted in COUNTED:
        case = _filed(desk, known[counted.days], counted)
        for asked, answered in counted.moments:
            desk.ask(case, ("name",), due_on=tokyo_day(asked) + LATER, now=asked)
            desk.change(case, ("name",), f"花子 {answered:%j}")
            desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen", now=answered)
        assert desk.see(case).due_on == counted.due_on, counted


def test_a_few_on_both_databases(desk: CorrectionDesk) -> None:
    for counted in (PAUSED[3], PAUSED[4]):
        case = _filed(desk, desk.known["permit"], counted)
        for asked, answered in counted.moments:
            desk.ask(case, ("name",), due_on=tokyo_day(asked) + LATER, now=asked)
            desk.change(case, ("name",), f"花子 {answered:%j}")
            desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen", now=answered)
        assert desk.see(case).due_on == counted.due_on, counted


def _filed(desk: CorrectionDesk, procedure: object, counted: Counted) -> str:
    """Submitted, and claimed by Sato in the same moment."""
    hanako, at = desk.people.hanako, counted.received_at
    case = desk.do(drafts.start, hanako, procedure, now=at)
    desk.do(drafts.save, hanako, case, {**ANSWERS["permit"], "copies": 0}, 1, now=at)
    desk.do(submissions.submit, hanako, case, 2, "確認しました", now=at)
    desk.do(cases.claim, desk.people.sato, case, now=at)
    return case


def _expired(desk: CorrectionDesk, at: datetime) -> list[str]:
    with desk.database.write() as session:
        return overdue.expire(session, at)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("answered", "due"),
    [
        ("2026-06-12T23:59:59", "2026-06-24"),  # in time: 4, 5, 8-12 stood still: seven more (16-19, 22-24)
        ("2026-06-15", "2026-06-25"),  # late, but the worker had not ended it yet: 15 stood still as well
        (None, "2026-06-24"),  # ended by the worker on Saturday 13: nothing more than until the 12th
    ],
)
def test_answered_after_its_day(desk: CorrectionDesk, answered: str | None, due: str) -> None:
    """Asked on Wednesday 3 June by Friday 12 June."""
    case = _filed(desk, desk.known["permit"], PAUSED[0])
    desk.ask(case, ("name",), due_on=date(2026, 6, 12), now=moment("2026-06-03"))
    if answered is None:
        assert _expired(desk, moment("2026-06-13T00:05")) == [case]
    else:
        desk.change(case, ("name",), "花子")
        desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen", now=moment(answered))
        assert _expired(desk, moment("2026-06-16")) == []
    seen = desk.see(case)
    assert (seen.status, seen.due_on) == (Status.IN_REVIEW, date.fromisoformat(due))


@pytest.mark.sqlite_only
def test_told_day_by_day(desk: CorrectionDesk) -> None:
    """Ten days from 1 June; with the applicant from Wednesday 3 to Monday 8."""
    case = _filed(desk, desk.known["permit"], PAUSED[0])

    def told(day: str) -> tuple[int, int, str, bool]:
        clock = clock_of(desk.see(case).timeline, desk.see(case).due_on, date.fromisoformat(day))
        assert clock is not None
        assert (clock.days, clock.begins_on) == (10, date(2026, 6, 2))
        return clock.used, clock.left, clock.last_day.isoformat(), clock.paused

    assert told("2026-06-01") == (0, 10, "2026-06-15", False)  # the day of arrival does not count
    assert told("2026-06-02") == (1, 9, "2026-06-15", False)
    assert told("2026-06-16") == (11, -1, "2026-06-15", False)  # a day late
    desk.ask(case, ("name",), due_on=date(2026, 6, 30), now=moment("2026-06-03"))
    assert told("2026-06-03") == (2, 8, "2026-06-15", True)  # the day it was asked for was the office's
    assert told("2026-06-05") == (2, 8, "2026-06-17", True)  # if it came back today
    assert told("2026-06-07") == (2, 8, "2026-06-17", True)  # Sunday: nothing moves
    desk.change(case, ("name",), "花子")
    desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen", now=moment("2026-06-08"))
    assert told("2026-06-08") == (2, 8, "2026-06-18", False)  # the day it comes back does not count any more
    assert told("2026-06-09") == (3, 7, "2026-06-18", False)
    assert told("2026-06-18") == (10, 0, "2026-06-18", False)  # the last day
    assert told("2026-06-19") == (11, -1, "2026-06-18", False)
