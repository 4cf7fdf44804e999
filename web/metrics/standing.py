"""What waits and what failed, asked of the database whenever somebody measures."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from shutil import disk_usage
from time import monotonic

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from procedures import beating
from procedures.models import Application
from web.operator.concerns import concerns_of, standing
from web.operator.outbox import counts
from web.services import Services

FRESH = 60.0
"""Seconds for which what takes a look at every case is not asked again by the same process."""


class Standing(Collector):
    """Gauges of the whole installation; every process would tell the same."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._cases: tuple[float, list[tuple[str, int]]] | None = None

    def describe(self) -> Iterable[Metric]:
        """Nothing is said beforehand: nobody has to ask the database in order to register it."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Everything, in one reading transaction."""
        now = self._services.clock()
        with self._services.database.read() as session:
            yield from _jobs(session, now)
            found = standing(session, now, concerns_of(self._services.settings)).items()
            yield _labelled("tetsuzuki_waiting", "What failed or waits for a person, by what it is.", "what", found)
            yield _labelled(
                "tetsuzuki_cases", "Applications by status; drafts too.", "status", self._by_status(session)
            )
            yield from _signs_of_life(session, now)
        free = disk_usage(self._services.settings.data_dir).free
        yield GaugeMetricFamily("tetsuzuki_disk_free_bytes", "Room where the data lies.", value=free)

    def _by_status(self, session: Session) -> list[tuple[str, int]]:
        if self._cases is None or monotonic() - self._cases[0] > FRESH:
            query = select(Application.status, func.count()).group_by(Application.status)
            self._cases = (monotonic(), [(status, count) for status, count in session.execute(query)])
        return self._cases[1]


def _jobs(session: Session, now: datetime) -> Iterator[Metric]:
    number = GaugeMetricFamily("tetsuzuki_jobs", "Unfinished jobs by kind and state.", labels=("kind", "state"))
    age = GaugeMetricFamily("tetsuzuki_job_age_seconds", "Since when the oldest job is due.", labels=("kind",))
    for one in counts(session):
        for state in ("waiting", "running", "retrying", "dead"):
            number.add_metric((one.kind, state), getattr(one, state))
        if one.oldest is not None:
            age.add_metric((one.kind,), max(0.0, (now - one.oldest).total_seconds()))
    yield number
    yield age


def _signs_of_life(session: Session, now: datetime) -> Iterator[Metric]:
    for name, told in ((beating.WORKER, "worker"), (beating.BACKUP, "backup")):
        at = beating.last(session, name)
        metric = GaugeMetricFamily(f"tetsuzuki_{told}_age_seconds", f"Since the last sign of life: {told}.")
        if at is not None:
            metric.add_metric((), (now - at).total_seconds())
        yield metric


def _labelled(name: str, told: str, label: str, values: Iterable[tuple[str, int]]) -> Metric:
    metric = GaugeMetricFamily(name, told, labels=(label,))
    for value, count in values:
        metric.add_metric((value,), count)
    return metric
