"""The worker's loop."""

from datetime import datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy.exc import OperationalError

from procedures import beating, jobs
from procedures.database import Database
from procedures.periodics import Periodic
from tests.web.conftest import Clock
from web import worker as loop
from web.worker import Work, Worker

HOUR = timedelta(hours=1)


@pytest.fixture
def done() -> list[str]:
    """What was done, in order."""
    return []


def work(done: list[str], *tasks: Periodic) -> Work:
    def note(_database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        done.append(job.payload["what"])

    return Work({"note": note}, tasks)


def task(done: list[str], name: str, *, fails: Exception | None = None) -> Periodic:
    def run(_database: Database, _now: datetime) -> None:
        done.append(name)
        if fails:
            raise fails

    return Periodic(name, HOUR, run)


def enqueue(database: Database, now: datetime, *what: str) -> None:
    with database.write() as session:
        for one in what:
            jobs.enqueue(session, now, "note", {"what": one})


def test_a_step_does_one_job_and_says_whether_there_was_one(database: Database, clock: Clock, done: list[str]) -> None:
    enqueue(database, clock(), "first", "second")
    worker = Worker(database, clock, work(done))
    assert [worker.step() for _ in range(3)] == [True, True, False]
    assert sorted(done) == ["first", "second"]


def test_periodic_tasks_run_at_once_and_then_when_due(database: Database, clock: Clock, done: list[str]) -> None:
    worker = Worker(database, clock, work(done, task(done, "sweep")))
    for _ in range(3):
        worker.step()
    assert done == ["sweep"]
    clock.move(HOUR)
    worker.step()
    assert done == ["sweep", "sweep"]


def test_a_task_that_fails_keeps_nothing_else_from_being_done(
    database: Database, clock: Clock, done: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    enqueue(database, clock(), "job")
    failing = task(done, "failing", fails=RuntimeError("髙橋 花子"))
    Worker(database, clock, work(done, failing, task(done, "other"))).step()
    assert done == ["failing", "other", "job"]
    told = "".join(capsys.readouterr())
    assert "periodic_failed" in told
    assert "花子" not in told


def test_a_database_that_is_away_is_waited_for(
    database: Database, clock: Clock, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "TROUBLE", 0.01)
    attempts = []

    def away(_database: Database, _now: datetime) -> None:
        attempts.append(1)
        clock.move(HOUR)
        if len(attempts) < 3:
            raise OperationalError("", {}, Exception())
        worker.stop()

    worker = Worker(database, clock, work(done, Periodic("away", HOUR, away)))
    worker.run()
    assert len(attempts) == 3


def test_stopping_finishes_the_job_under_way(database: Database, clock: Clock, done: list[str]) -> None:
    enqueue(database, clock(), "long", "never")

    def long(_database: Database, job: jobs.ClaimedJob, _now: datetime) -> None:
        worker.stop()
        done.append(job.payload["what"])

    worker = Worker(database, clock, Work({"note": long}, ()))
    thread = Thread(target=worker.run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert len(done) == 1


def test_a_worker_gives_signs_of_life_and_takes_its_leave(database: Database, clock: Clock, done: list[str]) -> None:
    worker = Worker(database, clock, work(done))
    began = clock()
    worker.step()
    clock.move(loop.BEAT - timedelta(seconds=1))
    worker.step()
    assert seen(database) == began
    clock.move(timedelta(seconds=1))
    worker.step()
    assert seen(database) == clock()
    worker.stop()
    worker.run()
    assert seen(database) is None


def seen(database: Database) -> datetime | None:
    with database.read() as session:
        return beating.last(session, beating.WORKER)


def test_a_failed_job_stays_for_later(database: Database, clock: Clock, done: list[str]) -> None:
    def fail(_database: Database, _job: jobs.ClaimedJob, _now: datetime) -> None:
        done.append("tried")
        raise RuntimeError

    enqueue(database, clock(), "x")
    worker = Worker(database, clock, Work({"note": fail}, ()))
    worker.step()
    worker.step()
    assert done == ["tried"]
    clock.move(timedelta(minutes=1))
    worker.step()
    assert done == ["tried", "tried"]
