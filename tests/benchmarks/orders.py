"""Every order of a payment's events, deeper than in the tests, and orders at random in full, on both databases.

python -m tests.benchmarks.orders [--play NAME] [--shallow] [--walks 200] [--seed N]
"""

import argparse
import time
from random import Random, randrange

from tests.payments.holding.afterwards import AFTERWARDS
from tests.payments.holding.exploring import Explorer, Play
from tests.payments.holding.plays import PLAYS as AROUND
from tests.payments.holding.stage import Stage
from tests.payments.holding.stages import both_stages
from tests.payments.holding.wandering import wander

PLAYS = (*AROUND, *AFTERWARDS)


def main() -> int:
    """Explore and wander; 0, or an error with the way that led to it."""
    parser = argparse.ArgumentParser(description="Every order of a payment's events, on both databases.")
    parser.add_argument("--play", choices=[play.name for play in PLAYS], help="only this one")
    parser.add_argument("--shallow", action="store_true", help="as the tests do it")
    parser.add_argument("--walks", type=int, default=200, help="orders at random, each walked in full (default 200)")
    parser.add_argument("--seed", type=int, default=randrange(10**6), help="of the first walk")
    options = parser.parse_args()
    plays = [play for play in PLAYS if options.play in {None, play.name}]
    with both_stages() as stages:
        for play in plays:
            for stage in stages:
                explore(stage, play, deep=not options.shallow)
        for number in range(options.seed, options.seed + options.walks):
            play = plays[number % len(plays)]
            ends = [wander(stage, play, Random(number)) for stage in stages]
            if ends[0] != ends[1]:
                raise AssertionError(f"the databases differ: --play '{play.name}' --seed {number} --walks 1")
    print(f"{options.walks:,} walks from --seed {options.seed}: the databases agree")
    return 0


def explore(stage: Stage, play: Play, *, deep: bool) -> None:
    """One play on one database."""
    began = time.perf_counter()
    with stage.going_back():
        explorer = Explorer(stage, play, deep=deep)
        explorer.explore()
    print(f"{time.perf_counter() - began:6.1f} s  {stage.database.dialect:<11}{explorer.summary()}", end="", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
