"""The worker: does what the outbox holds and what is to be done again and again, until told to stop."""

import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from types import FrameType

import structlog
from sqlalchemy.exc import DBAPIError

from procedures.database import Database
from procedures.jobs import Handler, run_one
from procedures.periodics import Periodic
from web.logs import log_failure

log = structlog.get_logger("worker")
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
        self._database, self._clock, self._work = database, clock, work
        self._stopping = Event()
        self._last: dict[str, datetime] = {}
        self.name = f"{socket.gethostname()}:{os.getpid()}"

    def stop_on_signals(self) -> None:
        """SIGTERM and Ctrl-C end the work after the job under way."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def stop(self) -> None:
        """Finish what is under way, then end."""
        self._stopping.set()

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
        log.info("worker_stopped", worker=self.name)

    def step(self) -> bool:
        """What is due of the periodic tasks, then one job; whether there was a job."""
        self._do_periodic()
        kind = run_one(self._database, self._clock, self.name, self._work.handlers)
        if kind is not None:
            log.info("job_tried", job=kind)
        return kind is not None

    def _do_periodic(self) -> None:
        now = self._clock()
        for task in self._work.periodic:
            if task.name in self._last and now - self._last[task.name] < task.every:
                continue
            self._last[task.name] = now
            try:
                task.run(self._database, now)
            except DBAPIError:
                raise
            except Exception as error:  # noqa: BLE001 - one task that fails must not keep the others from being done
                log_failure(log, "periodic_failed", error, task=task.name)
