"""A worker stands still past its lease, or its clock is ten minutes off: work may be done twice, but counts once."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from procedures.database import Database
from procedures.jobs import LEASE, enqueue
from procedures.models import AuditEvent, Job

ROOT = Path(__file__).parents[2]
SKEW = 10
Start = Callable[[str, float], "tuple[subprocess.Popen[bytes], Path]"]


@pytest.fixture
def start(database: Database, tmp_path: Path) -> Iterator[Start]:
    """`start("a", 10)`: a worker process whose clock is ten minutes ahead, and the file by which it is spoken to."""
    url = database.engine.url.render_as_string(hide_password=False)
    with ExitStack() as stack:

        def begin(name: str, minutes: float) -> "tuple[subprocess.Popen[bytes], Path]":
            file = tmp_path / name
            file.write_text("")
            command = [sys.executable, "-m", "tests.faults.paused", url, str(minutes), str(file)]
            process = stack.enter_context(subprocess.Popen(command, cwd=ROOT))
            stack.callback(process.kill)
            return process, file

        yield begin


def await_word(file: Path, word: str) -> None:
    until = time.monotonic() + 60
    while file.read_text() != word:
        assert time.monotonic() < until, f"{file.name} never said {word}, but {file.read_text()!r}"
        time.sleep(0.01)


@pytest.fixture
def job(database: Database) -> str:
    """One that is due."""
    with database.write() as session:
        return str(enqueue(session, datetime.now(UTC) - timedelta(hours=1), "slow", {}))


@contextmanager
def standing_still(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def counted(database: Database, job: str) -> tuple[str, int, int]:
    """How the job stands, under which token, and how often its work counts."""
    with database.read() as session:
        done = select(func.count()).where(AuditEvent.action == "slow.done", AuditEvent.object_id == job)
        row = session.get_one(Job, job)
        return row.state, row.token, session.scalar(done) or 0


@pytest.mark.timeout(180)
def test_who_stood_still_past_the_lease_writes_nothing(database: Database, start: Start, job: str) -> None:
    late = LEASE.total_seconds() / 60 + 1
    first, asleep = start("first", 0)
    await_word(asleep, "claimed")
    with standing_still(first):
        second, awake = start("second", late)  # whose clock shows what everybody's will, once the lease has run out
        await_word(awake, "claimed")
        awake.write_text("go on")
        await_word(awake, "ended")
        assert counted(database, job) == ("done", 2, 1)
    asleep.write_text("go on")
    await_word(asleep, "ended")
    assert counted(database, job) == ("done", 2, 1)
    assert (first.wait(30), second.wait(30)) == (0, 0)


@pytest.mark.timeout(180)
def test_clocks_ten_minutes_apart(database: Database, start: Start, job: str) -> None:
    """Ten minutes are more than a lease: the one who is ahead takes over, and only what it did counts."""
    _, behind = start("behind", 0)
    await_word(behind, "claimed")
    _, ahead = start("ahead", SKEW)
    await_word(ahead, "claimed")
    behind.write_text("go on")
    await_word(behind, "ended")
    assert counted(database, job) == ("running", 2, 0)
    ahead.write_text("go on")
    await_word(ahead, "ended")
    assert counted(database, job) == ("done", 2, 1)


@pytest.mark.timeout(180)
def test_a_worker_whose_clock_is_behind_does_it_later(database: Database, start: Start) -> None:
    """What the web wrote ten minutes "from now" waits those ten minutes, and is not lost."""
    with database.write() as session:
        job = str(enqueue(session, datetime.now(UTC) + timedelta(minutes=SKEW), "slow", {}))
    process, behind = start("behind", 0)
    await_word(behind, "ended")
    assert (process.wait(30), counted(database, job)) == (0, ("waiting", 0, 0))
    _, later = start("later", SKEW + 1)
    await_word(later, "claimed")
    later.write_text("go on")
    await_word(later, "ended")
    assert counted(database, job) == ("done", 1, 1)
