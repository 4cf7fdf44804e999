"""The worker: does what the outbox holds and what is to be done again and again, until told to stop."""

import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Timer
from types import FrameType

import structlog
from sqlalchemy.exc import DBAPIError

from procedures import beating
from procedures.database import Database
from procedures.jobs import Handler, run_one
from procedures.periodics import Periodic
from web.logs import log_failure
from web.metrics.jobs import watched

log = structlog.get_logger("worker")
BEAT = timedelta(seconds=20)
GRACE = 30.0  # seconds that the job under way has when we are told to stop
IDLE = 0.5  # seconds between looks at an empty outbox
TROUBLE = 5.0  # seconds to wait when the database does not answer


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker knows to do: handlers of jobs by kind, and periodic tasks."""

    handlers: Mapping[str, Handler]
    periodic: Sequence[Periodic]


class Worker:
    """One process's worker. Several may run: jobs are claimed under a lease, periodic tasks bear being done twice."""

    def __init__(self, database: Database, clock: Callable[[], datetime], work: Work) -> None:
        self._database, self._clock, self._periodic = database, clock, work.periodic
        self._handlers = watched(work.handlers)
        self._stopping = Event()
        self._last: dict[str, datetime] = {}
        self._beaten: datetime | None = None
        self.name = f"{socket.gethostname()}:{os.getpid()}"

    def stop_on_signals(self) -> None:
        """SIGTERM and Ctrl-C end the work after the job under way, or in its midst when that takes too long."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self.stop()
            limit = Timer(GRACE, self._give_up)
            limit.daemon = True
            limit.start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def stop(self) -> None:
        """Finish what is under way, then end."""
        self._stopping.set()

    def _give_up(self) -> None:
        """The job under way is left to another worker, once its lease has run out; nothing of it is written here."""
        log.error("worker_gave_up", worker=self.name)
        os._exit(1)

    def run(self) -> None:
        """Work until stopped. A database that does not answer is waited for."""
        log.info("worker_started", worker=self.name)
        while not self._stopping.is_set():
            try:
                busy = self.step()
            except DBAPIError as error:
                log_failure(log, "database_trouble", error)
                self._stopping.wait(TROUBLE)
            else:
                if not busy:
                    self._stopping.wait(IDLE)
        self._say_goodbye()
        log.info("worker_stopped", worker=self.name)

    def step(self) -> bool:
        """A sign of life, what is due of the periodic tasks, then one job; whether there was a job."""
        self._beat()
        self._do_periodic()
        kind = run_one(self._database, self._clock, self.name, self._handlers)
        return kind is not None

    def _beat(self) -> None:
        now = self._clock()
        if self._beaten is None or now - self._beaten >= BEAT:
            with self._database.write() as session:
                beating.beat(session, now, f"{beating.WORKER}{self.name}")
            self._beaten = now

    def _say_goodbye(self) -> None:
        try:
            with self._database.write() as session:
                beating.end(session, f"{beating.WORKER}{self.name}")
        except DBAPIError as error:
            log_failure(log, "database_trouble", error)

    def _do_periodic(self) -> None:
        now = self._clock()
        for task in self._periodic:
            if task.name in self._last and now - self._last[task.name] < task.every:
                continue
            self._last[task.name] = now
            try:
                task.run(self._database, now)
            except DBAPIError:
                raise
            except Exception as error:  # noqa: BLE001 - one task that fails must not keep the others from being done
                log_failure(log, "periodic_failed", error, task=task.name)
