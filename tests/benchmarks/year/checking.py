"""Every day of a simulated year compared: what is found, what is missed, what is invented, and how long a day takes."""

import time
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlalchemy import text

from payments.reconciliation import compare
from procedures.database import Database
from tests.benchmarks.year.plan import Year


@dataclass(frozen=True)
class Report:
    """What came out; times in seconds."""

    injected: int
    found: int
    kinds: int
    missed: set[tuple[str, str]]
    invented: set[tuple[str, str]]
    median: float
    slowest: float
    slowest_day: date
    slowest_payments: int


def check(database: Database, year: Year) -> Report:
    """Compare each day, the days after the last one too, on which payouts arrive."""
    if database.dialect == "postgresql":
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    found: set[tuple[str, str]] = set()
    times: dict[date, tuple[float, int]] = {}
    day = year.days[0]
    while day <= year.last - timedelta(days=6):
        began = time.perf_counter()
        with database.read() as session:
            seen = compare(session, day)
        times[day] = (time.perf_counter() - began, seen.matched)
        found |= {(mismatch.kind, mismatch.provider_object) for mismatch in seen.mismatches}
        day += timedelta(days=1)
    slowest_day = max(times, key=lambda one: times[one][0])
    return Report(
        injected=len(year.injected),
        found=len(found & year.injected),
        kinds=len({kind for kind, _ in year.injected}),
        missed=year.injected - found,
        invented=found - year.injected,
        median=median(took for took, _ in times.values()),
        slowest=times[slowest_day][0],
        slowest_day=slowest_day,
        slowest_payments=times[slowest_day][1],
    )
