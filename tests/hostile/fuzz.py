"""`make fuzz`: spoils good inputs for a while and lets nothing out of what reads them but our own errors.

python -m tests.hostile.fuzz [--target NAME …] [--seconds 60] [--seed N]

The seconds are shared by the targets. An input that shows something new is kept and spoiled further. Prints the seed,
and what broke; each way of breaking is made as small as can be and written to `.fuzz/TARGET/`.
"""

import argparse
import logging
import random
import sys
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.words import catalogue
from tests.hostile import found
from tests.hostile.minimising import minimised
from tests.hostile.target import Target, names, target
from tests.hostile.trying import Broke, tried

MOST_KEPT = 3_000
LARGE = 20_000  # bytes, of what is spoiled further


@dataclass
class Run:
    """How many inputs were tried, how many different things were seen, and one input for each way of breaking."""

    inputs: int = 0
    seen: set[frozenset[str]] = field(default_factory=set)
    broken: dict[str, tuple[bytes, str]] = field(default_factory=dict)


def fuzz(one: Target, seconds: float, seed: int, most: int | None = None) -> Run:
    """Spoil and try for so long, or so many inputs."""
    chance, run = random.Random(seed), Run()
    catalogue()  # read once, by nobody whose time is taken
    pool = one.seeds()
    with one.opened() as attack:
        end = time.monotonic() + seconds
        while time.monotonic() < end and run.inputs != most:
            source = pool[run.inputs] if run.inputs < len(pool) // 10 else one.spoil(chance, chance.choice(pool), pool)
            run.inputs += 1
            result = tried(one, attack, source)
            if isinstance(result, Broke):
                run.broken.setdefault(result.way, (source, result.trace))
            elif result not in run.seen and len(pool) < MOST_KEPT and len(source) < LARGE:
                run.seen.add(result)
                pool.append(source)
        for way, (source, trace) in run.broken.items():
            run.broken[way] = (minimised(source, lambda less, way=way: _breaks(one, attack, less, way)), trace)
    return run


def _breaks(one: Target, attack: object, source: bytes, way: str) -> bool:
    result = tried(one, attack, source)
    return isinstance(result, Broke) and result.way == way


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if nothing broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", action="append", choices=names(), help="only this; may be given several times")
    parser.add_argument("--seconds", type=float, default=60, help="for all targets together")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args(arguments)
    wanted = options.target or names()
    warnings.simplefilter("ignore")  # libraries that read files warn of what is broken in them
    logging.disable()
    print(f"seed {options.seed}, {options.seconds:g} s, {len(wanted)} targets", flush=True)
    broken = 0
    for name in wanted:
        run = fuzz(target(name), options.seconds / len(wanted), options.seed)
        print(
            f"{name:14}{run.inputs:9,} inputs{len(run.seen):7,} seen {len(run.broken):4} ways of breaking", flush=True
        )
        for way, (source, trace) in run.broken.items():
            print(f"\n{found.keep(name, source)}: {way}\n{source[:300]!r}\n{trace[-1500:]}", flush=True)
        broken += len(run.broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
