"""Before a draft goes its owner is told, a week and a day before: each once, never for nothing, never to nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from procedures import drafts, jobs, notices
from procedures.actors import Actor
from procedures.continuing.reminding import leads, remind
from procedures.keyring.owned import of
from procedures.models import Application, Draft, Job
from tests.procedures.conftest import ANSWERS, Desk

VISITOR = Actor("visitor", "somebody")
SENDER = notices.Sender({"ja": "東京都", "en": "Tokyo"}, "noreply@example.tokyo", "https://t.example/")


@pytest.fixture
def due(desk: Desk) -> Callable[[float], int]:
    """Moves the clock to so many days from the beginning; how many reminders are queued there."""

    def at(days: float) -> int:
        with desk.database.write() as session:
            return remind(session, desk.now + timedelta(days=days))

    return at


def untils(desk: Desk) -> list[str]:
    """The days that the queued reminders name."""
    with desk.database.read() as session:
        rows = session.execute(select(Job.payload).where(Job.kind == "notice.send").order_by(Job.created_at, Job.id))
        return [row["facts"]["until"] for row in rows.scalars() if row["kind"] == "draft_expires"]


def keep_for(desk: Desk, days: int) -> None:
    """Every draft lives so many days."""
    with desk.database.write() as session:
        session.execute(update(Draft).values(keep_days=days))


def test_a_week_and_a_day_before_each_once(desk: Desk, due: Callable[[float], int]) -> None:
    desk.draft()
    keep_for(desk, 30)
    found = {day: due(day) for day in (1, 22.9, 23, 23.5, 28.9, 29, 29.5, 30, 31)}
    assert {day for day, count in found.items() if count} == {23, 29}
    assert untils(desk) == ["2026-05-31", "2026-05-31"]


def test_after_a_standstill_only_the_last_is_sent(desk: Desk, due: Callable[[float], int]) -> None:
    desk.draft()
    keep_for(desk, 30)
    assert [due(29.5), due(29.6), due(29.9)] == [1, 0, 0]


def test_what_was_touched_is_reminded_anew(desk: Desk, due: Callable[[float], int]) -> None:
    application_id = desk.draft()
    keep_for(desk, 30)
    assert due(23) == 1
    moment = desk.now + timedelta(days=24)
    desk.do(drafts.save, desk.people.hanako, application_id, ANSWERS["permit"], 2, now=moment)
    assert [due(day) for day in (29, 30, 46.9, 47, 53)] == [0, 0, 0, 1, 1]
    assert untils(desk) == ["2026-05-31", "2026-06-24", "2026-06-24"]


@pytest.mark.parametrize(("lives", "expected"), [(2, []), (3, [2]), (7, [6]), (13, [12]), (14, [7, 13])])
def test_short_lives_have_fewer(desk: Desk, due: Callable[[float], int], lives: int, expected: list[int]) -> None:
    desk.draft()
    keep_for(desk, lives)
    assert [day for day in range(lives + 1) if due(day)] == expected


@given(st.integers(1, 400))
def test_a_reminder_comes_after_the_beginning_and_before_the_end(days: int) -> None:
    assert list(leads(days)) == sorted(leads(days), reverse=True)
    assert all(1 <= lead < days for lead in leads(days))


def test_who_gave_no_address_is_not_queued_for(desk: Desk, due: Callable[[float], int], procedures: object) -> None:
    application_id = desk.do(drafts.start, VISITOR, desk.known["notice"])
    keep_for(desk, 30)
    assert due(23) == 0
    with desk.database.write() as session:
        session.execute(update(Application).values(contact_email=of(application_id, "v@example.jp")))
    assert due(23) == 1
    assert application_id


def test_what_is_no_draft_any_more_is_not_spoken_of(desk: Desk, due: Callable[[float], int]) -> None:
    desk.submitted("permit")
    with desk.database.write() as session:
        session.execute(update(Draft).values(keep_days=30))
    assert due(29) == 0


@pytest.mark.parametrize(("touched", "sent"), [(False, True), (True, False)])
def test_a_mail_that_waited_is_not_sent_once_the_draft_was_touched(desk: Desk, touched: bool, sent: bool) -> None:
    application_id = desk.draft()
    keep_for(desk, 30)
    later: datetime = desk.now + timedelta(days=23)
    with desk.database.write() as session:
        assert remind(session, later) == 1
        if touched:
            drafts.touch(session, desk.people.hanako, later, application_id)
    with desk.database.write() as session:
        job = jobs.claim(session, later, "worker")
    with desk.database.read() as session:
        outgoing = notices.compose(session, job, SENDER)
    assert (outgoing is not None) is sent
    if outgoing:
        assert "2026年5月31日" in outgoing.notice.subject
        assert f"applications/{application_id}" in outgoing.notice.body
