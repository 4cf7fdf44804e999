"""`python -m tests.benchmarks.batches [CASES]`: a batch of approvals, and an export, on both databases."""

import resource
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import insert, select

from payments.cases import approve
from procedures.actors import Actor
from procedures.batches import preparing, running
from procedures.batches.acts import kinds
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.exporting.columns import USUAL, cell
from procedures.exporting.reading import portions
from procedures.models import Application, BatchItem, Submission
from procedures.models.base import new_id
from procedures.reading.queues import QueueFilter
from tests import ringed
from tests.conftest import PEOPLE, enrol
from tests.databases import SqliteFiles, postgresql
from tests.procedures.conftest import Desk, published
from web.spreadsheets import stream

NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
KINDS = kinds(approve)
LINES = 100_000


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """One of each kind, empty, on disk."""
    with TemporaryDirectory() as folder, postgresql() as server:
        urls = {"sqlite": SqliteFiles(Path(folder)).lend(), "postgresql": server.lend()}
        opened = {kind: ringed.opened(url) for kind, url in urls.items()}
        yield opened
        for database in opened.values():
            database.close()


def approving(desk: Desk, many: int) -> str:
    """Seconds for so many approvals, each in its own transaction with certificate and notice queued."""
    chosen = [desk.proposed()[0] for _ in range(many)]
    boss: Actor = desk.people.suzuki
    with desk.database.write() as session:
        batch = preparing.prepare(session, boss, desk.now, KINDS["approve"], chosen, "n")
        preparing.confirm(session, boss, desk.now, batch, {})
    begun = perf_counter()
    running.run(desk.database, lambda: desk.now, batch, KINDS)
    taken = perf_counter() - begun
    with desk.database.read() as session:
        results = Counter(session.scalars(select(BatchItem.result)))
    return f"{many} approvals: {taken:.1f} s, {taken / many * 1000:.1f} ms each, {dict(results)}"


def exporting(desk: Desk, many: int) -> str:
    """Seconds and memory for an export of so many cases with one answer."""
    _multiply(desk.database, many)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = perf_counter()
    wanted = QueueFilter(tokyo_day(desk.now), "all")
    found = portions(desk.database, desk.people.sato, wanted, with_answers=True, language="ja")
    columns = [*USUAL, "answer.name"]
    rows = ([[cell(case, column, "ja") for column in columns] for case in portion] for portion in found)
    size = sum(len(piece) for piece in stream(columns, rows))
    taken = perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return f"{many:,} lines: {taken:.1f} s, {size / 2**20:.1f} MiB, the process grew by {grown:.0f} MiB"


def _multiply(database: Database, many: int) -> None:
    """Copies of one case, each with a number of its own."""
    with database.write() as session:
        case = dict(session.execute(select(Application.__table__).limit(1)).one()._mapping)
        sent = dict(
            session.execute(select(Submission.__table__).where(Submission.application_id == case["id"])).one()._mapping
        )
        for start in range(0, many, 5_000):
            ids = [new_id() for _ in range(min(5_000, many - start))]
            session.execute(
                insert(Application.__table__),
                [{**case, "id": id_, "reference": f"X{start + place}"} for place, id_ in enumerate(ids)],
            )
            session.execute(insert(Submission.__table__), [{**sent, "application_id": id_} for id_ in ids])


def main(arguments: list[str]) -> int:
    """Print the figures."""
    many = int(arguments[0]) if arguments else preparing.MOST
    with databases() as opened:
        for kind, database in opened.items():
            enrol(database)
            desk = Desk(database, NOW, PEOPLE, published(database, NOW, PEOPLE["kimura"]))
            print(f"{kind}: {approving(desk, many)}", flush=True)
            print(f"{kind}: {exporting(desk, LINES)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
