"""Jobs of the worker: one line of the log each, with the request that asked for it, and counted."""

from collections.abc import Mapping
from datetime import datetime
from time import perf_counter

import structlog

from procedures.database import Database
from procedures.jobs import ClaimedJob, Finish, Handler, TryLater
from web.metrics import counted

log = structlog.get_logger("worker")


def watched(handlers: Mapping[str, Handler]) -> dict[str, Handler]:
    """The same handlers, watched."""
    return {kind: _watched(kind, handler) for kind, handler in handlers.items()}


def _watched(kind: str, handler: Handler) -> Handler:
    def handle(database: Database, job: ClaimedJob, now: datetime) -> Finish | None:
        began, outcome = perf_counter(), "failed"
        try:
            finish = handler(database, job, now)
            outcome = "done"
        except TryLater:
            outcome = "later"
            raise
        finally:
            seconds = perf_counter() - began
            counted.jobs.labels(kind, outcome).observe(seconds)
            log.info("job", job=kind, id=job.id, attempt=job.attempts, outcome=outcome, ms=round(seconds * 1000, 1))
        return finish

    return handle
