"""How fast the desk answers with a million cases: a table, and 1 where an aim was missed.

python -m tests.benchmarks.desk --folder FOLDER [--cases 1000000] [--database postgresql|sqlite] [--only WORDS]

Makes the data in the folder where it is not there yet, then asks the desk and prints how long each answer took. 1 where
an aim was missed.
"""

import argparse
import os
from pathlib import Path

from tests.benchmarks.desk import asking
from tests.benchmarks.desk.building import opened


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description="The desk with a million cases.")
    parser.add_argument("--folder", type=Path, required=True, help="where the data is kept, to be used again")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=40, help="how often each question is asked (default 40)")
    parser.add_argument("--only", default="", help="only questions whose name holds this")
    options = parser.parse_args()
    print(f"{options.database}, {options.cases:,} cases, --seed {options.seed}", flush=True)
    missed = 0
    with opened(options.folder.resolve(), options.database, options.cases, options.seed) as database:
        print(asking.figures(database))
        app = asking.application(database)
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        print(f"{'who':12}{'what':36}{'p95 ms':>8}{'middle':>8}{'clock':>8}{'first':>8}  aim")
        for took in asking.ask(app, database, options.repeat, options.only):
            over = took.p95 > took.aim
            missed += over
            mark = "  ◀" if over else ""
            times = "".join(f"{one:8.1f}" for one in (took.p95, took.middle, took.clock, took.first))
            print(f"{took.who:12}{took.what:36}{times}{took.aim:5}{mark}", flush=True)
        print(f"load {os.getloadavg()[0]:.1f}; {missed} over the aim")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
