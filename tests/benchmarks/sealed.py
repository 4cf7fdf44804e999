"""What sealing costs: opening a case, a draft, a search; and how search terms grow.

`python -m tests.benchmarks.sealed`. Both ways in one run, in turns, CPU time of this process.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import text, update

import migrations
from procedures import cases, drafts
from procedures.asides import notes
from procedures.correspondence import writing
from procedures.database import Database
from procedures.models import Sealing
from procedures.reading.queues import QueueFilter
from tests.conftest import PEOPLE, enrol
from tests.procedures.conftest import Desk, published
from tests.procedures.searching.test_searching import TODAY
from tests.ringed import opened


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--times", type=int, default=400)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        both = {
            kind: _world(Path(folder) / f"{kind}.db", kind == "sealed", options.cases) for kind in ("plain", "sealed")
        }
        for what in ("open", "load", "save", "find", "queue"):
            found = _measured({kind: _work(desk, ids, what) for kind, (desk, ids) in both.items()}, options.times)
            plain, sealed = found["plain"], found["sealed"]
            print(f"{what:6} plain {plain:8.1f} µs   sealed {sealed:8.1f} µs   {sealed / plain:.2f}")
        for kind, (desk, _) in both.items():
            rows, size = _terms(desk.database)
            print(f"search terms, {kind}: {rows} rows, {size / rows:.1f} bytes a term")


def _world(file: Path, sealed: bool, count: int) -> tuple[Desk, list[str]]:
    from datetime import UTC, datetime

    database = opened(f"sqlite:///{file}")
    migrations.upgrade(database)
    enrol(database)
    now = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
    if not sealed:
        with database.write() as session:
            session.execute(update(Sealing).values(begun=False, done=False))
    desk = Desk(database, now, PEOPLE, published(database, now, PEOPLE["kimura"]))
    ids = []
    for number in range(count):
        case = desk.received(name=f"髙橋 花子{number}")
        for place in range(3):
            desk.do(writing.from_applicant, desk.people.hanako, case, f"いつ届きますか {place}", f"m{place}")
        desk.do(notes.write, desk.people.sato, case, "確認中", "n")
        ids.append(case)
    return desk, ids


def _work(desk: Desk, ids: list[str], what: str) -> Callable[[int], None]:
    draft = desk.draft()
    revision = [2]

    def open_case(number: int) -> None:
        with desk.database.read() as session:
            cases.view(session, desk.people.sato, ids[number % len(ids)])

    def load(_number: int) -> None:
        with desk.database.read() as session:
            drafts.load(session, desk.people.hanako, draft)

    def save(_number: int) -> None:
        with desk.database.write() as session:
            answers = {"name": "髙橋 花子", "copies": 2}
            revision[0] = drafts.save(session, desk.people.hanako, desk.now, draft, answers, revision[0])

    def find(number: int) -> None:
        with desk.database.read() as session:
            cases.queue(session, desk.people.sato, QueueFilter(TODAY, "all", words=f"花子{number % len(ids)}"))

    def queue(_number: int) -> None:
        with desk.database.read() as session:
            cases.queue(session, desk.people.sato, QueueFilter(TODAY, "all"))

    return {"open": open_case, "load": load, "save": save, "find": find, "queue": queue}[what]


def _measured(works: dict[str, Callable[[int], None]], times: int) -> dict[str, float]:
    """Microseconds of CPU, the median of each."""
    taken: dict[str, list[float]] = {kind: [] for kind in works}
    for number in range(times):
        for kind, work in works.items():
            began = time.process_time_ns()
            work(number)
            taken[kind].append((time.process_time_ns() - began) / 1000)
    return {kind: median(found[len(found) // 10 :]) for kind, found in taken.items()}


def _terms(database: Database) -> tuple[int, float]:
    with database.read() as session:
        return tuple(session.execute(text("SELECT count(*), sum(length(term)) FROM search_term")).one())


if __name__ == "__main__":
    sys.exit(main())
