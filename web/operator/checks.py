"""What must work for the service to be of use: asked now, answered yes or no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from shutil import disk_usage

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

import migrations
from procedures import beating
from procedures.blobs import BlobMissing
from procedures.database import Database
from procedures.uploads.scanning.clamav import ClamAv
from web.operator.outbox import oldest_overdue
from web.services import Services

log = structlog.get_logger("operator")

READINESS = frozenset({"database", "migrations", "blobs", "disk"})
WORKER_SILENT = timedelta(minutes=2)  # without a sign of life
WORKER_BEHIND = timedelta(minutes=5)  # a job due for longer than this was seen by no worker
ROOM = 64 * 1024**2
"""Bytes below which nothing is taken in any more: what is under way needs them."""
PROBE = b"ready?"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing asked. `since` is the oldest job that no worker took, for the worker's check; None where none waits."""

    name: str
    ok: bool
    since: datetime | None = None


def run_checks(services: Services, now: datetime) -> tuple[Check, ...]:
    """Every check, in the order in which one breaks the next."""
    database = _ask("database", lambda: _answers(services.database))
    if not database.ok:
        return (database, Check("migrations", ok=False), _blobs(services), _disk(services), Check("worker", ok=False))
    schema = _ask("migrations", lambda: migrations.fits(services.database, _head()))
    worker = _worker(services.database, now) if schema.ok else Check("worker", ok=False)
    return (database, schema, _blobs(services), _disk(services), *_scanner(services), worker)


def _ask(name: str, question: Callable[[], bool]) -> Check:
    try:
        return Check(name, question())
    except (SQLAlchemyError, OSError, BlobMissing) as error:
        log.warning("check_failed", check=name, kind=type(error).__name__)
        return Check(name, ok=False)


def _answers(database: Database) -> bool:
    with database.read() as session:
        return session.execute(select(1)).scalar_one() == 1


def _blobs(services: Services) -> Check:
    """Whether a file can be kept, read and forgotten."""

    def probe() -> bool:
        key = services.blobs.put(PROBE)
        try:
            with services.blobs.open(key) as kept:
                return kept.read() == PROBE
        finally:
            services.blobs.delete(key)

    return _ask("blobs", probe)


def _disk(services: Services) -> Check:
    """Whether there is room where the data lies; PostgreSQL's own disk is not looked at."""
    return _ask("disk", lambda: disk_usage(services.settings.data_dir).free > ROOM)


def _scanner(services: Services) -> tuple[Check, ...]:
    """Whether ClamAV answers, where one is set; without it people cannot send files, but do everything else."""
    scanner = services.scanner
    return (Check("scanner", scanner.answers()),) if isinstance(scanner, ClamAv) else ()


def _worker(database: Database, now: datetime) -> Check:
    """Whether a worker gave a sign of life lately, and no job waits for one."""
    with database.read() as session:
        oldest, seen = oldest_overdue(session, now), beating.last(session, beating.WORKER)
    alive = seen is not None and now - seen < WORKER_SILENT
    return Check("worker", alive and (oldest is None or now - oldest < WORKER_BEHIND), oldest)


@cache
def _head() -> str:
    """The newest revision of this installation; it cannot change while the process runs."""
    return migrations.head()
