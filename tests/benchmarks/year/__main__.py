"""`python -m tests.benchmarks.year [--charges N] [--days N] [--times N] [--seed N] [--on sqlite|postgresql]`."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import migrations
from procedures.database import Database
from tests.benchmarks.year.checking import Report, check
from tests.benchmarks.year.injecting import disturbed
from tests.benchmarks.year.plan import sound
from tests.benchmarks.year.writing import write
from tests.databases import postgresql
from tests.ringed import opened

SLOWEST_ALLOWED = 5.0
"""Seconds in which a day must be reconciled."""
KINDS = ("sqlite", "postgresql")


def main() -> int:
    """Both databases, or one; exit code 1 when something was missed or invented, or a day took too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charges", type=int, default=100_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--times", type=int, default=3, help="how often each kind of discrepancy is put in")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--on", choices=KINDS, action="append")
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.charges:,} charges over {options.days} days")
    chance = Random(options.seed)
    year = disturbed(chance, sound(chance, options.charges, options.days), options.times)
    good = True
    for kind in options.on or KINDS:
        with fresh(kind) as database:
            began = time.perf_counter()
            write(database, year)
            print(f"{kind}: written in {time.perf_counter() - began:.1f} s")
            report = check(database, year)
        tell(kind, report)
        good = good and not report.missed and not report.invented and report.slowest <= SLOWEST_ALLOWED
    return 0 if good else 1


def tell(kind: str, report: Report) -> None:
    """The figures."""
    print(
        f"{kind}: {report.found} of {report.injected} discrepancies of {report.kinds} kinds found, "
        f"{len(report.invented)} invented; a day takes {report.median * 1000:.0f} ms in the middle, "
        f"{report.slowest:.2f} s at most ({report.slowest_day}, {report.slowest_payments:,} payments)"
    )
    for name, ones in (("missed", report.missed), ("invented", report.invented)):
        for one in sorted(ones)[:20]:
            print(f"  {name}: {one[0]} {one[1]}")


@contextmanager
def fresh(kind: str) -> Iterator[Database]:
    """An empty database that is thrown away afterwards."""
    if kind == "sqlite":
        with TemporaryDirectory() as folder:
            database = opened(f"sqlite:///{Path(folder) / 'year.db'}")
            migrations.upgrade(database)
            yield database
            database.close()
    else:
        with postgresql() as source:
            database = opened(source.lend())
            yield database
            database.close()


if __name__ == "__main__":
    sys.exit(main())
