"""More time for a correction: granted by the clerk, told, reminded of anew, recorded."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from engine.lifecycle import Status
from procedures import applications
from procedures.corrections import extending, reading, resubmitting
from procedures.errors import Conflict, CorrectionRefused, NoCorrection, NotFound
from procedures.models import AuditEvent, Job
from tests.procedures.corrections.conftest import DUE, CorrectionDesk
from tests.procedures.corrections.test_overdue import at, expire, mails, remind

WHY = "書類の取寄せに時間がかかるとの申出"
LATER = date(2026, 5, 29)


def extend(desk: CorrectionDesk, case: str, day: date = LATER, why: str = WHY, now: datetime | None = None) -> date:
    return desk.do(extending.extend, desk.people.sato, case, day, why, now=now)


def test_the_new_day_holds_and_both_sides_know(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    assert extend(desk, case) == LATER
    assert desk.work(case).due_on == LATER
    with desk.database.read() as session:
        view = desk.see(case)
        [request] = reading.history(session, case, view.procedure)
        [job] = session.scalars(select(Job).where(Job.payload.contains("correction_extended")))
        [audited] = session.scalars(select(AuditEvent).where(AuditEvent.action == "correction.extend"))
    [one] = request.extensions
    assert (one.before, one.after, one.why) == (DUE, LATER, WHY)
    assert one.by == desk.people.sato.name
    assert job.payload["facts"] == {"answer_by": "2026-05-29"}
    assert (audited.note, audited.actor) == ("2026-05-15 > 2026-05-29", desk.people.sato.key)
    assert view.status is Status.CORRECTION_REQUESTED


@pytest.mark.sqlite_only
def test_the_request_ends_with_the_new_day_and_is_reminded_of_again(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))  # by Friday 15 May, reminded three business days before
    assert remind(desk, date(2026, 5, 12)) == 1
    extend(desk, case, now=at(date(2026, 5, 15)))
    assert expire(desk, at(date(2026, 5, 16))) == []
    assert remind(desk, date(2026, 5, 25)) == 0
    assert remind(desk, date(2026, 5, 26)) == 1
    assert mails(desk).count("correction_reminder") == 2
    assert expire(desk, at(date(2026, 5, 30))) == [case]
    # Ten days to 20 May; 7, 8, 11-15, 18-22, 25-29 May stood still: seventeen more.
    assert desk.see(case).due_on == date(2026, 6, 12)


@pytest.mark.sqlite_only
def test_the_period_stands_still_to_the_end(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    extend(desk, case)
    desk.change(case, ("name",), "花子")
    desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen", now=at(date(2026, 5, 18)))
    assert desk.see(case).due_on == date(2026, 6, 1)  # 7, 8, 11-15, 18 May stood still: eight more than 20 May


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("day", "why", "what"),
    [
        (DUE, WHY, "day"),  # no later than it was
        (date(2026, 5, 14), WHY, "day"),
        (date(2027, 5, 4), WHY, "day"),  # more than a year off
        (LATER, "", "why"),
        (LATER, "あ" * (extending.LONGEST_WHY + 1), "why"),
    ],
)
def test_what_does_not_do(desk: CorrectionDesk, day: date, why: str, what: str) -> None:
    case = desk.asked(("name",))
    with pytest.raises(CorrectionRefused) as refused:
        extend(desk, case, day, why)
    assert refused.value.what == what
    assert desk.work(case).due_on == DUE


@pytest.mark.sqlite_only
def test_a_closed_day_becomes_the_next_open_one_and_several_are_told_in_order(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    assert extend(desk, case, date(2026, 5, 16)) == date(2026, 5, 18)  # Saturday
    extend(desk, case, date(2026, 6, 1), "もう一度")
    with desk.database.read() as session:
        [request] = reading.history(session, case, desk.see(case).procedure)
        assert [(one.before.day, one.after.day, one.why) for one in request.extensions] == [
            (15, 18, WHY),
            (18, 1, "もう一度"),
        ]
        assert extending.first_day(session, desk.work(case).id) == DUE


@pytest.mark.sqlite_only
def test_after_the_day_while_the_worker_was_down(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    assert extend(desk, case, LATER, now=at(date(2026, 5, 20))) == LATER
    with pytest.raises(CorrectionRefused):  # but not into the past
        extend(desk, case, date(2026, 6, 1), now=at(date(2026, 6, 1)))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("name", ["hanako", "taro", "suzuki", "tanaka", "kimura"])
def test_nobody_but_a_clerk(desk: CorrectionDesk, name: str) -> None:
    case = desk.asked(("name",))
    with pytest.raises(NotFound):
        desk.do(extending.extend, getattr(desk.people, name), case, LATER, WHY)


@pytest.mark.sqlite_only
def test_not_a_colleagues_nor_without_an_open_request(desk: CorrectionDesk) -> None:
    case, mine = desk.asked(("name",)), desk.claimed()
    with pytest.raises(NoCorrection):
        extend(desk, mine)
    colleague = replace(desk.people.sato, id="tanaka", name="同僚")
    with pytest.raises(Conflict):
        desk.do(extending.extend, colleague, case, LATER, WHY)
    desk.do(applications.withdraw, desk.people.hanako, case, None)
    with pytest.raises(NoCorrection):
        extend(desk, case)


def test_what_was_granted_is_never_changed(desk: CorrectionDesk) -> None:
    extend(desk, desk.asked(("name",)))
    for statement in ("UPDATE correction_extension SET why = ''", "DELETE FROM correction_extension"):
        with pytest.raises(DBAPIError), desk.database.write() as session:
            session.execute(text(statement))


@pytest.mark.sqlite_only
def test_sent_in_the_meantime(desk: CorrectionDesk) -> None:
    case = desk.asked(("name",))
    desk.change(case, ("name",), "花子")
    desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen", now=desk.now + timedelta(hours=1))
    with pytest.raises(NoCorrection):
        extend(desk, case)
