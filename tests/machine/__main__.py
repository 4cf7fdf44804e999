"""Everybody does whatever can be done, on both databases at once; what goes wrong is told with its fewest moves.

python -m tests.machine [--steps 10000] [--seed N] [--length 50] [--database sqlite|postgresql|both]
"""

import argparse
import ast
import os
import sys
import time
import traceback
from pathlib import Path
from random import randrange

from tests.compiled import compiling_once
from tests.machine.ground import Ground, grounds
from tests.machine.machine import WentWrong, run
from tests.machine.playing import Tally, fewest, goes_wrong
from tests.orders import backwards

RUNS = 12  # of one seed: of these the first always does the same thing over and over
KINDS = {"both": ("sqlite", "postgresql"), "sqlite": ("sqlite",), "postgresql": ("postgresql",)}


def main() -> int:
    """Play; 1 when something went wrong or an act was never reached."""
    parser = argparse.ArgumentParser(description="Everybody does whatever can be done, over HTTP, on both databases.")
    parser.add_argument("--steps", type=int, default=10_000, help="how many steps in all (default 10000)")
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="of the first run")
    parser.add_argument("--length", type=int, default=50, help="steps of one run (default 50)")
    parser.add_argument("--database", choices=KINDS, default="both", help="both must come to the same (default)")
    parser.add_argument("--moves", help="make just these, as a failure told them")
    options = parser.parse_args()
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - what the application logs, for as long as we run
    print(
        f"--seed {options.seed} --steps {options.steps} --length {options.length} --database {options.database}",
        flush=True,
    )
    assert backwards  # what asks for no order gets another one on SQLite than on PostgreSQL, and makes them differ
    with compiling_once(), grounds(*KINDS[options.database]) as (ground, seal):
        if options.moves:
            wrong = goes_wrong(ground, seal, str(options.seed), ast.literal_eval(options.moves))
            traceback.print_exception(wrong, file=sys.stdout)
            return int(wrong is not None)
        return play(ground, seal, options.seed, options.steps, options.length)


def play(ground: list[Ground], seal: Path, seed: int, steps: int, length: int) -> int:
    """Runs until there were enough steps."""
    tally, began, number = Tally(), time.perf_counter(), seed
    while tally.acts.total() < steps:
        try:
            run(ground, seal, number, tally, runs=RUNS, length=length)
        except WentWrong as wrong:
            return tell_wrong(ground, seal, wrong, tally)
        number += 1
        seconds = time.perf_counter() - began
        print(f"  {tally.acts.total():,} steps, {seconds:.0f} s", flush=True)
    tell(tally, time.perf_counter() - began)
    return int(bool(tally.never) and steps >= 1000)


def tell_wrong(ground: list[Ground], seal: Path, wrong: WentWrong, tally: Tally) -> int:
    """The fewest moves that go wrong, and how."""
    print(f"after {tally.acts.total():,} steps; --seed {wrong.seed} goes wrong:", flush=True)
    traceback.print_exception(wrong.__cause__, file=sys.stdout)
    print(f"--seed {wrong.seed} --moves {str(wrong.moves)!r}", flush=True)
    moves = fewest(ground, seal, wrong.seed, wrong.moves)
    print(f"--seed {wrong.seed} --moves {str(moves)!r}", flush=True)
    if (again := goes_wrong(ground, seal, wrong.seed, moves)) is not None:
        traceback.print_exception(again, file=sys.stdout)
    return 1


def tell(tally: Tally, seconds: float) -> None:
    """What was reached, and how often."""
    print(f"{tally.acts.total():,} steps in {seconds:.0f} s, everything held and all was alike")
    for what, counted in (("acts", tally.acts), ("statuses", tally.statuses), ("transitions", tally.transitions),
                          ("answers", tally.answers)):  # fmt: skip
        print(f"{what}:", *(f"  {times:>6,} {name}" for name, times in counted.most_common()), sep="\n")
    print(f"addresses: {len(tally.routes)} of different kinds")
    print(f"never: {', '.join(tally.never) or 'none'}")


if __name__ == "__main__":
    raise SystemExit(main())
