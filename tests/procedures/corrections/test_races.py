"""Two things in the same moment: one of them happens, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import update

from engine.lifecycle import Status
from procedures import applications, doctor
from procedures.corrections import overdue, reading, requesting, resubmitting, working
from procedures.errors import Conflict, NoCorrection, StaleDraft, TransitionRefused
from procedures.models import CorrectionRequest
from tests.procedures.corrections.conftest import CorrectionDesk
from tests.procedures.corrections.test_overdue import mails

TOLD = (Conflict, NoCorrection, StaleDraft, TransitionRefused)
ROUNDS = 4


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each came to; what it was told where it came too late."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except TOLD as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def ready(desk: CorrectionDesk) -> str:
    """A case whose correction is ready to be sent."""
    case = desk.asked(("name",))
    desk.change(case, ("name",), "花子")
    return case


def send(desk: CorrectionDesk, case: str) -> Any:
    return desk.do(resubmitting.resubmit, desk.people.hanako, case, 2, "seen")


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_sent_and_expired(desk: CorrectionDesk, ready: str, attempt: int) -> None:
    def expire() -> list[str]:
        with desk.database.write() as session:
            return overdue.expire(session, desk.now + timedelta(days=30))

    sent, expired = together(lambda: send(desk, ready), expire)
    seen = desk.see(ready)
    assert seen.status is Status.IN_REVIEW
    assert (expired == [ready]) is isinstance(sent, NoCorrection)
    assert seen.round == (1 if expired else 2)
    with desk.database.read() as session:
        [told] = reading.history(session, ready, desk.known["permit"])
        assert doctor.run(session) == []
    assert told.state == ("expired" if expired else "answered")


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_sent_twice(desk: CorrectionDesk, ready: str, attempt: int) -> None:
    results = together(lambda: send(desk, ready), lambda: send(desk, ready))
    assert sorted(isinstance(one, TOLD) for one in results) == [False, True]
    assert desk.see(ready).round == 2


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_sent_and_taken_back(desk: CorrectionDesk, ready: str, attempt: int) -> None:
    results = together(lambda: send(desk, ready), lambda: desk.do(requesting.take_back, desk.people.sato, ready))
    assert sorted(isinstance(one, TOLD) for one in results) == [False, True]
    assert desk.see(ready).round == (1 if isinstance(results[0], TOLD) else 2)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_saved_and_sent(desk: CorrectionDesk, ready: str, attempt: int) -> None:
    """What was saved in time is sent, or the sender is told that something changed."""
    sent, saved = together(
        lambda: send(desk, ready),
        lambda: desk.do(working.save, desk.people.hanako, ready, ("name",), "花江", 2),
    )
    assert isinstance(sent, TOLD) is not isinstance(saved, TOLD)
    assert desk.see(ready).answers["name"] == ("髙橋 𠮷子" if isinstance(sent, TOLD) else "花子")


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_sent_and_withdrawn(desk: CorrectionDesk, ready: str, attempt: int) -> None:
    together(lambda: send(desk, ready), lambda: desk.do(applications.withdraw, desk.people.hanako, ready))
    with desk.database.read() as session:
        assert applications.view_own(session, desk.people.hanako, ready).status is Status.WITHDRAWN
        assert doctor.run(session) == []


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_workers_remind_once(desk: CorrectionDesk, ready: str, attempt: int) -> None:
    def remind() -> int:
        with desk.database.write() as session:
            return overdue.remind(session, desk.now + timedelta(days=11, hours=10))

    assert sum(together(remind, remind)) in {1, 2}
    assert mails(desk).count("correction_reminder") == 1


@pytest.mark.postgresql_only
def test_one_who_was_reminded_in_the_same_moment_is_not_reminded_again(
    desk: CorrectionDesk, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and writing; SQLite lets only one write."""

    def meanwhile(table: type[CorrectionRequest]) -> Any:
        with desk.database.write() as session:
            session.execute(update(CorrectionRequest).values(reminded_at=desk.now))
        return update(table)

    monkeypatch.setattr(overdue, "update", meanwhile)
    with desk.database.write() as session:
        assert overdue.remind(session, desk.now + timedelta(days=11, hours=10)) == 1
    assert mails(desk).count("correction_reminder") == 0
