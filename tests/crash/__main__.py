"""`python -m tests.crash`: kill web, worker and migrations at named points, and see whether every promise holds."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random, SystemRandom

from tests.browser.stack import free_ports
from tests.crash import points
from tests.crash.killing import Killing, Tally, reached
from tests.crash.system import System, standing
from tests.databases import SqliteFiles, in_memory, postgresql

KINDS = ("sqlite", "postgresql")


@contextmanager
def system_on(kind: str) -> Iterator[System]:
    """The whole on an empty database of that kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=in_memory(), prefix="crash-")))
        source = SqliteFiles(folder) if kind == "sqlite" else stack.enter_context(postgresql())
        yield stack.enter_context(standing(folder, source.lend(), free_ports(1)[0]))


def main(arguments: list[str] | None = None) -> int:
    """The command; exit code 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=600)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--database", choices=KINDS, action="append", help="both, one after the other, unless named")
    parser.add_argument("--points", action="store_true", help="list the points, and kill nobody")
    parser.add_argument(
        "--write", action="store_true", help="find the points by a run in which nobody dies, and keep them"
    )
    chosen = parser.parse_args(arguments)
    if chosen.write:
        return points.write(system_on, chosen.seed)
    if chosen.points:
        print("\n".join(points.listed()))
        return 0
    kinds = chosen.database or KINDS
    tallies = [_run(kind, chosen.kills // len(kinds), chosen.seed) for kind in kinds]
    return int(any(tally.violations for tally in tallies))


def _run(kind: str, kills: int, seed: int) -> Tally:
    print(f"{kind}: seed {seed}, {kills} kills", flush=True)
    with system_on(kind) as system:
        tally = Killing(system, reached(system, seed), Random(seed)).run(kills)
        if tally.violations:
            print(system.log()[-3000:])
    print(
        f"{kind}: {tally.killed} killed at {len(tally.kills)} of {len(points.listed())} points, "
        f"{tally.stories} stories, {tally.acknowledged} acknowledged writes, {tally.lost_answers} answers lost, "
        f"{len(tally.violations)} violations, {tally.seconds:.0f} s",
        flush=True,
    )
    for violation in tally.violations:
        print(f"  {violation}")
    return tally


if __name__ == "__main__":
    sys.exit(main())
