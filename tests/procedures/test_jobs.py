"""Jobs are done at least once, by one worker at a time, and none is lost or hidden."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from procedures import jobs, tracing
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import Job


def enqueue(database: Database, now: datetime, kind: str = "count", **more: object) -> str | None:
    with database.write() as session:
        return jobs.enqueue(session, now, kind, {"case": "a"}, **more)


def claim(database: Database, now: datetime, worker: str = "w1") -> jobs.ClaimedJob | None:
    with database.write() as session:
        return jobs.claim(session, now, worker)


def state(database: Database) -> tuple[str, int, str | None]:
    with database.read() as session:
        return tuple(session.execute(select(Job.state, Job.attempts, Job.error)).one())


def test_a_job_is_claimed_once(database: Database, now: datetime) -> None:
    enqueue(database, now)
    job = claim(database, now)
    assert (job.kind, job.payload, job.attempts, job.token) == ("count", {"case": "a"}, 1, 1)
    assert job.lease_until == now + jobs.LEASE
    assert claim(database, now, "w2") is None


def test_nothing_due_nothing_claimed(database: Database, now: datetime) -> None:
    assert claim(database, now) is None
    enqueue(database, now, run_at=now + timedelta(seconds=1))
    assert claim(database, now) is None
    assert claim(database, now + timedelta(seconds=1)) is not None


def test_what_is_due_longest_comes_first(database: Database, now: datetime) -> None:
    enqueue(database, now, "late", run_at=now - timedelta(minutes=1))
    enqueue(database, now, "later", run_at=now - timedelta(minutes=2))
    assert [claim(database, now).kind, claim(database, now).kind] == ["later", "late"]


def test_the_same_key_is_enqueued_once(database: Database, now: datetime) -> None:
    assert enqueue(database, now, key="notice:a")
    assert enqueue(database, now, key="notice:a") is None
    assert enqueue(database, now, key="notice:b")


def test_a_rolled_back_change_leaves_no_job(database: Database, now: datetime) -> None:
    def change() -> None:
        with database.write() as session:
            jobs.enqueue(session, now, "count", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert claim(database, now) is None


def test_a_worker_whose_lease_ran_out_is_fenced_off(database: Database, now: datetime) -> None:
    enqueue(database, now)
    slow = claim(database, now)
    after = now + jobs.LEASE
    second = claim(database, after, "w2")
    assert (second.id, second.token) == (slow.id, 2)
    with pytest.raises(jobs.LeaseLost), database.write() as session:
        jobs.done(session, after, slow.id, slow.token)
    with pytest.raises(jobs.LeaseLost), database.write() as session:
        jobs.failed(session, after, slow.id, slow.token, "late")
    with database.write() as session:
        jobs.done(session, after, second.id, second.token)
    assert state(database)[0] == "done"


def test_a_failed_job_waits_longer_each_time_and_ends_dead(database: Database, now: datetime) -> None:
    enqueue(database, now)
    moment = now
    for attempt in range(1, jobs.ATTEMPTS + 1):
        job = claim(database, moment)
        assert job.attempts == attempt
        with database.write() as session:
            dead = jobs.failed(session, moment, job.id, job.token, "Timeout")
        assert dead == (attempt == jobs.ATTEMPTS)
        assert claim(database, moment) is None
        moment += jobs.back_off(attempt)
    assert state(database) == ("dead", jobs.ATTEMPTS, "Timeout")
    assert claim(database, moment + timedelta(days=30)) is None
    with database.write() as session:
        assert jobs.revive(session, moment, job.id)
        assert not jobs.revive(session, moment, job.id)
    assert claim(database, moment).attempts == 1


def test_a_job_is_given_up_after_about_a_day_and_a_half() -> None:
    """As docs/operating.md promises: a mail server that is away over night costs nobody a mail."""
    pauses = [jobs.back_off(attempt) for attempt in range(1, jobs.ATTEMPTS)]
    assert pauses[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert (pauses[9], pauses[10], pauses[-1]) == (timedelta(seconds=30 * 512), *[timedelta(hours=6)] * 2)
    assert timedelta(hours=36) < sum(pauses, timedelta()) < timedelta(hours=42)
    assert timedelta(minutes=5) == jobs.LEASE


@pytest.mark.parametrize(
    ("after", "pause"),
    [
        (None, timedelta(seconds=30)),
        (timedelta(seconds=29), timedelta(seconds=30)),
        (timedelta(minutes=7), timedelta(minutes=7)),
        (timedelta(days=3), timedelta(hours=6)),
    ],
)
def test_who_asks_to_be_left_alone_is_but_not_for_days(
    database: Database, now: datetime, after: timedelta | None, pause: timedelta
) -> None:
    enqueue(database, now)
    job = claim(database, now)
    with database.write() as session:
        assert not jobs.failed(session, now, job.id, job.token, "busy", after=after)
    with database.read() as session:
        row = session.execute(select(Job)).scalar_one()
        assert (row.run_at, row.state, row.worker, row.lease_until) == (now + pause, "waiting", None, None)


def test_what_is_hopeless_waits_for_a_person_at_once(database: Database, now: datetime) -> None:
    enqueue(database, now)
    job = claim(database, now)
    later = now + timedelta(minutes=1)
    with database.write() as session:
        assert jobs.failed(session, later, job.id, job.token, "x" * 600, hopeless=True)
    with database.read() as session:
        row = session.execute(select(Job)).scalar_one()
        assert (row.state, row.finished_at, row.error, row.worker) == ("dead", later, "x" * 500, None)
    with database.write() as session:
        assert jobs.revive(session, later, job.id)
    with database.read() as session:
        row = session.execute(select(Job)).scalar_one()
        assert (row.state, row.run_at, row.attempts, row.finished_at) == ("waiting", later, 0, None)


def test_what_is_done_says_when_and_forgets_what_went_wrong(database: Database, now: datetime) -> None:
    enqueue(database, now)
    job = claim(database, now)
    with database.write() as session:
        jobs.failed(session, now, job.id, job.token, "Timeout")
    again = claim(database, now + timedelta(minutes=1))
    with pytest.raises(jobs.LeaseLost, match=job.id), database.write() as session:
        jobs.done(session, now, job.id, job.token)
    later = now + timedelta(minutes=2)
    with database.write() as session:
        jobs.done(session, later, again.id, again.token)
    with database.read() as session:
        row = session.execute(select(Job)).scalar_one()
        assert (row.state, row.finished_at, row.error, row.worker, row.lease_until) == ("done", later, *[None] * 3)
    with pytest.raises(jobs.LeaseLost), database.write() as session:
        jobs.done(session, later, again.id, again.token)


def test_a_job_is_written_down_as_it_was_asked_for(database: Database, now: datetime) -> None:
    tracing.begin("asked")
    try:
        job_id = enqueue(database, now, key="k")
    finally:
        tracing.begin(None)
    with database.read() as session:
        row = session.execute(select(Job)).scalar_one()
        assert (row.id, row.kind, row.payload, row.key) == (job_id, "count", {"case": "a"}, "k")
        assert (row.state, row.run_at, row.created_at, row.attempts, row.token) == ("waiting", now, now, 0, 0)
    job = claim(database, now)
    assert (job.id, job.request_id) == (job_id, "asked")


@given(st.integers(1, 10_000))
def test_waiting_grows_to_a_limit(attempts: int) -> None:
    assert jobs.back_off(attempts) <= jobs.back_off(attempts + 1) <= timedelta(hours=6)


def test_many_workers_share_the_work(database: Database, now: datetime) -> None:
    for _ in range(30):
        enqueue(database, now)

    def work(worker: int) -> list[str]:
        mine = []
        while job := claim(database, now, f"w{worker}"):
            mine.append(job.id)
        return mine

    with ThreadPoolExecutor(4) as pool:
        claimed = [job for jobs_of_one in pool.map(work, range(4)) for job in jobs_of_one]
    assert len(claimed) == len(set(claimed)) == 30


def test_whoever_claims_waits_for_nobody_else_who_does() -> None:
    assert str(jobs._DUE.compile(dialect=postgresql.dialect())).endswith("FOR UPDATE SKIP LOCKED")


class TestRunning:
    """`run_one`: claim, work outside a transaction, close."""

    def test_result_and_done_are_one_transaction(self, database: Database, now: datetime) -> None:
        enqueue(database, now)

        def handler(_database: Database, job: jobs.ClaimedJob, moment: datetime) -> jobs.Finish:
            return lambda session: jobs.enqueue(session, moment, "next", {"after": job.id})

        assert run_one(database, lambda: now, "w1", {"count": handler}) == "count"
        with database.read() as session:
            rows = session.execute(select(Job.kind, Job.state).order_by(Job.kind)).all()
        assert [tuple(row) for row in rows] == [("count", "done"), ("next", "waiting")]

    def test_a_result_that_cannot_be_written_leaves_the_job_waiting(self, database: Database, now: datetime) -> None:
        enqueue(database, now)

        def finish(session: object) -> None:
            raise KeyError("山田 花子")

        run_one(database, lambda: now, "w1", {"count": lambda *_: finish})
        kept = state(database)
        assert kept[:2] == ("waiting", 1)
        assert kept[2].startswith("KeyError at ")
        assert "花子" not in kept[2]

    def test_an_unknown_kind_is_kept_for_the_operator(self, database: Database, now: datetime) -> None:
        enqueue(database, now)
        assert run_one(database, lambda: now, "w1", {}) == "count"
        assert state(database)[2].startswith("UnknownJob")

    def test_too_slow_a_worker_writes_nothing(self, database: Database, now: datetime) -> None:
        enqueue(database, now)
        moments = iter([now, now, now + jobs.LEASE])

        def slow(_database: Database, _job: jobs.ClaimedJob, _now: datetime) -> jobs.Finish:
            assert claim(database, now + jobs.LEASE, "w2").token == 2
            return lambda session: jobs.enqueue(session, now, "twice", {})

        assert run_one(database, lambda: next(moments), "w1", {"count": slow}) == "count"
        with database.read() as session:
            assert session.execute(select(Job.kind, Job.state, Job.worker)).all() == [("count", "running", "w2")]

    @pytest.mark.parametrize(
        ("error", "kept", "pause"),
        [
            (jobs.TryLater("busy"), "TryLater (busy) at", timedelta(seconds=30)),
            (jobs.TryLater("busy", timedelta(minutes=9)), "TryLater (busy) at", timedelta(minutes=9)),
            (jobs.Hopeless("no such address"), "Hopeless (no such address) at", None),
            (ValueError("花子"), "ValueError at", timedelta(seconds=30)),
        ],
    )
    def test_what_went_wrong_is_kept_without_what_was_said(
        self, database: Database, now: datetime, error: Exception, kept: str, pause: timedelta | None
    ) -> None:
        enqueue(database, now)

        def handler(*_about: object) -> None:
            raise error

        assert run_one(database, lambda: now, "w1", {"count": handler}) == "count"
        with database.read() as session:
            row = session.execute(select(Job)).scalar_one()
        line = handler.__code__.co_firstlineno + 1
        assert row.error == f"{kept} {__name__}:{line}"
        assert (row.state, row.run_at) == (("dead", now) if pause is None else ("waiting", now + pause))
        assert str(error) == (error.reason if hasattr(error, "reason") else "花子")

    def test_it_is_done_for_whoever_asked(self, database: Database, now: datetime) -> None:
        tracing.begin("asked")
        enqueue(database, now)
        tracing.begin("another")
        seen = []
        try:
            run_one(database, lambda: now, "w1", {"count": lambda *_: seen.append(tracing.current())})
            assert (seen, tracing.current()) == (["asked"], "another")
            assert state(database) == ("done", 1, None)  # it had nothing to write
        finally:
            tracing.begin(None)

    def test_a_worker_whose_work_failed_too_late_writes_nothing(self, database: Database, now: datetime) -> None:
        enqueue(database, now)

        def slow(*_about: object) -> None:
            assert claim(database, now + jobs.LEASE, "w2").token == 2
            raise ValueError

        assert run_one(database, lambda: now, "w1", {"count": slow}) == "count"
        assert state(database) == ("running", 2, None)

    def test_nothing_to_do(self, database: Database, now: datetime) -> None:
        assert run_one(database, lambda: now, "w1", {}) is None
