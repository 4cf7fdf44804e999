"""Six clerks and two approvers race over 200 cases, on both databases: `python -m tests.benchmarks.race --seed 7`.

Everybody has a session of their own and takes the cases in an order of their own. At the end each case has exactly one
decision, and everybody else was told who decided, or who had the case. Numbers and the seed are printed.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from engine.lifecycle import TransitionRefused
from payments import cases as paid
from procedures import cases, decisions, doctor
from procedures.actors import Actor, posts
from procedures.errors import AlreadyDecided, Conflict, ProposalChanged, WaiverUndecided
from procedures.models import Application, Decision, Job, Person, Proposal
from tests.conftest import PEOPLE, enrol
from tests.databases import SqliteFiles, postgresql
from tests.procedures.conftest import Desk, published
from tests.ringed import opened

TOLD = (AlreadyDecided, Conflict)
LATE = (TransitionRefused, ProposalChanged, WaiverUndecided)


@dataclass
class Result:
    """What the race came to; `told` counts by who was named to the others."""

    cases: int
    decided: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    late: int = 0
    seconds: float = 0.0


def race(desk: Desk, number: int, clerks: int, approvers: int, seed: int) -> Result:
    """Let them run until every case is decided; raises AssertionError where the promise does not hold."""
    waiting = [desk.received() for _ in range(number)]
    hands = [_colleague(desk, f"係員{one}", "clerk") for one in range(clerks)]
    heads = [_colleague(desk, f"課長{one}", "approver") for one in range(approvers)]
    result, start = Result(number), time.perf_counter()
    with ThreadPoolExecutor(clerks + approvers) as pool:
        running = [
            pool.submit(_examine, desk, clerk, waiting, seed + place, result) for place, clerk in enumerate(hands)
        ]
        running += [pool.submit(_decide, desk, head, waiting, seed - place, result) for place, head in enumerate(heads)]
        for one in running:
            one.result()
    result.seconds = time.perf_counter() - start
    _hold(desk, result, {head.name for head in heads} | {clerk.name for clerk in hands})
    return result


def _examine(desk: Desk, clerk: Actor, waiting: list[str], seed: int, result: Result) -> None:
    order = random.Random(seed).sample(waiting, len(waiting))
    for application_id in order:
        try:
            desk.do(cases.claim, clerk, application_id)
            outcome, codes = ("refuse", ("R1",)) if hash(application_id) % 3 == 0 else ("approve", ())
            desk.do(decisions.propose, clerk, application_id, outcome, codes, "理由")
        except TOLD as told:
            result.told[_named(told)] += 1
        except LATE:
            result.late += 1


def _decide(desk: Desk, head: Actor, waiting: list[str], seed: int, result: Result) -> None:
    """Look at what is proposed, all of it, again and again, as two people do who see the same list."""
    order = random.Random(seed)
    until = time.monotonic() + 600
    while time.monotonic() < until:
        seen = _proposals(desk, waiting)
        for application_id, proposal_id in order.sample(seen, len(seen)):
            try:
                desk.do(paid.approve, head, application_id, proposal_id)
            except TOLD as told:
                result.told[_named(told)] += 1
            except LATE:
                result.late += 1
            else:
                result.decided[head.name] += 1
        if _open(desk, waiting) == 0:
            return


def _proposals(desk: Desk, waiting: list[str]) -> list[tuple[str, str]]:
    with desk.database.read() as session:
        query = select(Proposal.application_id, Proposal.id).where(Proposal.state == "open")
        return [(row.application_id, row.id) for row in session.execute(query) if row.application_id in set(waiting)]


def _open(desk: Desk, waiting: list[str]) -> int:
    with desk.database.read() as session:
        decided = select(func.count()).select_from(Decision).where(Decision.application_id.in_(waiting))
        return len(waiting) - (session.scalar(decided) or 0)


def _named(told: AlreadyDecided | Conflict) -> str:
    return told.by if isinstance(told, AlreadyDecided) else told.who


def _colleague(desk: Desk, name: str, role: str) -> Actor:
    with desk.database.write() as session:
        session.add(Person(id=name, issuer="race", subject=name, name=name, created_at=desk.now, seen_at=desk.now))
    return Actor("staff", name, name, posts({role}, {"hokenjo"}))


def _hold(desk: Desk, result: Result, people: set[str]) -> None:
    """Exactly one decision a case, by two people; nobody was told anything but who was first; one letter a refusal."""
    with desk.database.read() as session:
        rows = session.scalars(select(Decision)).all()
        letters = session.scalar(select(func.count()).select_from(Job).where(Job.kind == "letter.make"))
        status = Counter(session.scalars(select(Application.status)))
        assert doctor.run(session) == []
    assert len(rows) == result.cases == len({row.application_id for row in rows}), f"{len(rows)} decisions"
    assert sum(result.decided.values()) == result.cases
    assert all(row.proposed_by != row.decided_by for row in rows)
    assert set(result.told) <= people, f"strangers were named: {set(result.told) - people}"
    assert letters == status["refused"] == sum(row.outcome == "refuse" for row in rows)


@contextmanager
def desk_on(kind: str, now: datetime) -> Iterator[Desk]:
    """A desk on an empty database of that kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        source = SqliteFiles(folder) if kind == "sqlite" else stack.enter_context(postgresql())
        url = source.lend()
        database = opened(url)
        enrol(database)
        try:
            yield Desk(database, now, PEOPLE, published(database, now, PEOPLE["kimura"]))
        finally:
            database.close()
            source.take_back(url)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--on", choices=("sqlite", "postgresql"), action="append")
    chosen = parser.parse_args(arguments)
    print(f"seed {chosen.seed}")
    now = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
    for kind in chosen.on or ["sqlite", "postgresql"]:
        with desk_on(kind, now) as desk:
            done = race(desk, chosen.cases, 6, 2, chosen.seed)
        print(
            f"{kind}: {done.cases} cases, {sum(done.decided.values())} decisions {dict(done.decided)}, "
            f"{sum(done.told.values())} told who was first, {done.late} too late, {done.seconds:.1f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
