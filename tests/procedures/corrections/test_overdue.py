"""A request whose day comes is remembered once; one whose day has passed ends as the procedure says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from engine.lifecycle import Status
from procedures import applications, doctor
from procedures.corrections import overdue, reading, resubmitting
from procedures.errors import NoCorrection
from procedures.models import Job
from tests.procedures.corrections.conftest import CorrectionDesk


def at(day: date, hour: int = 10) -> datetime:
    """A moment of that day in Tokyo, as UTC."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=9)


def remind(desk: CorrectionDesk, day: date) -> int:
    with desk.database.write() as session:
        return overdue.remind(session, at(day))


def expire(desk: CorrectionDesk, moment: datetime) -> list[str]:
    with desk.database.write() as session:
        return overdue.expire(session, moment)


def mails(desk: CorrectionDesk) -> list[str]:
    with desk.database.read() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "notice.send").order_by(Job.created_at, Job.id))
        return [job.payload["kind"] for job in jobs]


def test_reminded_once_three_business_days_before(desk: CorrectionDesk) -> None:
    desk.asked(("name",))  # by Friday 15 May
    assert remind(desk, date(2026, 5, 11)) == 0
    assert remind(desk, date(2026, 5, 12)) == 1
    assert remind(desk, date(2026, 5, 12)) == 0
    assert remind(desk, date(2026, 5, 15)) == 0
    assert mails(desk).count("correction_reminder") == 1


def test_a_worker_that_was_down_reminds_later_but_not_too_late(desk: CorrectionDesk) -> None:
    first, second = desk.asked(("name",)), desk.asked(("name",))
    assert remind(desk, date(2026, 5, 15)) == 2
    assert {first, second}
    third = desk.asked(("name",))
    assert remind(desk, date(2026, 5, 16)) == 0
    assert third


def test_a_request_so_short_that_it_needs_no_reminder(desk: CorrectionDesk) -> None:
    case = desk.claimed()
    desk.ask(case, ("name",), due_on=date(2026, 5, 11))  # three business days: the reminder would come at once
    assert remind(desk, date(2026, 5, 11)) == 0


def test_answered_in_time_nobody_is_reminded(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.do(resubmitting.resubmit, desk.people.hanako, case, 1, "s", "そのままです。")
    assert remind(desk, date(2026, 5, 14)) == 0
    assert expire(desk, at(date(2026, 5, 30))) == []


def test_the_last_day_is_a_whole_day_in_tokyo(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    assert expire(desk, at(date(2026, 5, 15), 23)) == []
    assert expire(desk, at(date(2026, 5, 16), 0)) == [case]
    assert expire(desk, at(date(2026, 5, 16), 0)) == []


def test_the_office_goes_on_with_what_it_has(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.change(case, ("name",), "半分だけ")
    assert expire(desk, at(date(2026, 5, 18))) == [case]
    seen = desk.see(case)
    assert (seen.status, seen.round, seen.claimed_by_id) == (Status.IN_REVIEW, 1, "sato")
    assert seen.answers["name"] == "髙橋 𠮷子"
    assert seen.due_on == date(2026, 6, 1)  # 7 May to 18 May, eight business days, stood still
    assert mails(desk)[-1] == "correction_expired"
    with desk.database.read() as session:
        assert [one.state for one in reading.history(session, case, desk.known["permit"])] == ["expired"]
        assert doctor.run(session) == []
    with pytest.raises(NoCorrection):
        desk.work(case)


def test_where_a_law_says_so_the_case_ends(desk: CorrectionDesk) -> None:
    case = desk.asked(("dogs",), procedure="kennel")
    assert expire(desk, at(date(2026, 5, 18))) == [case]
    with desk.database.read() as session:
        assert applications.view_own(session, desk.people.hanako, case).status is Status.LAPSED
        assert [one.state for one in reading.history(session, case, desk.known["kennel"])] == ["lapsed"]
        assert doctor.run(session) == []
    assert mails(desk)[-1] == "lapsed"


def test_withdrawn_while_it_waits(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.do(applications.withdraw, desk.people.hanako, case, "やめます")
    with desk.database.read() as session:
        assert [one.state for one in reading.history(session, case, desk.known["permit"])] == ["withdrawn"]
        assert doctor.run(session) == []
    assert expire(desk, at(date(2026, 5, 18))) == []


def test_many_in_portions(desk: CorrectionDesk) -> None:
    cases = {desk.asked(("name",)) for _ in range(3)}
    found = []
    while True:
        with desk.database.write() as session:
            portion = overdue.expire(session, at(date(2026, 5, 18)), limit=2)
        if not portion:
            break
        assert len(portion) <= 2
        found += portion
    assert set(found) == cases
