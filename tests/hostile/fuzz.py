"""`make fuzz`: spoils specs for a while and lets nothing out of the engine but its own problems.

A spoiled spec that shows a new set of problem codes is kept and spoiled further. Prints the seed, and what broke.
"""

import argparse
import random
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import FrameType

from engine.problems import render_text
from engine.submission_schema import submission_schema
from engine.tree import check_tree
from engine.validation import check_submission
from tests.hostile.files import HOSTILE
from tests.hostile.mutation import spoiled
from tests.house.tree import ROOT

SLOWEST = 5.0
"""Seconds for one spec, of which refusing a file may take a fraction: beyond it something hangs."""

TODAY = date(2026, 5, 1)
ODD_ANSWERS = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x" * 5000,
    "\ud800",
    "2026-02-30",
    [],
    [None],
    [[]],
    {},
    {"a": 1},
    [{}],
    [{"a": []}],
]
MOST_KEPT = 3_000
SMALL, LARGE = 5_000, 20_000  # bytes, of a seed and of what is spoiled further


class Hangs(Exception):
    """A spec took too long."""


def seeds() -> list[bytes]:
    """Every spec there is, right, wrong and hostile."""
    files = sorted([*(ROOT / "tests" / "specs").rglob("*.yaml"), *(ROOT / "procedure_specs").rglob("*.yaml")])
    hostile = [
        made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
        for made in (one() for one in HOSTILE.values())
    ]
    return [*(file.read_bytes() for file in files), *(one for one in hostile if len(one) < 5_000)]


def attack(source: bytes, chance: random.Random) -> frozenset[str]:
    """Check it, and where it compiles answer it with odd things. The codes of its problems."""
    report = check_tree({"sample.yaml": source})
    render_text(report.problems, chance.choice(["ja", "en"]))
    for procedure in report.procedures.values():
        submission_schema(procedure)
        answers = {name: chance.choice(ODD_ANSWERS) for name in procedure.fields}
        for scenario in procedure.scenarios[:1]:
            answers |= {name: answer for name, answer in scenario.answers.items() if chance.random() < 0.7}
        for failure in check_submission(procedure, answers, TODAY):
            failure.say(chance.choice(["ja", "easy", "en"]))
    return frozenset(problem.code for problem in report.problems)


def _octets(made: str | bytes) -> bytes:
    return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")


def fuzz(seconds: float, seed: int, most: int | None = None) -> tuple[int, list[tuple[bytes, str]]]:
    """How many specs were tried, and those that broke something with what they broke."""
    chance = random.Random(seed)
    pool, seen, broken = seeds(), set(), []
    signal.signal(signal.SIGALRM, _hangs)
    end, tried = time.monotonic() + seconds, 0
    while time.monotonic() < end and tried != most:
        source = spoiled(chance, chance.choice(pool), pool)
        tried += 1
        signal.setitimer(signal.ITIMER_REAL, SLOWEST)
        try:
            codes = attack(source, chance)
        except Exception:  # noqa: BLE001 - any that comes out is what is looked for
            broken.append((source, traceback.format_exc()))
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if codes not in seen and len(pool) < MOST_KEPT and len(source) < LARGE:
            seen.add(codes)
            pool.append(source)
    return tried, broken


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if nothing broke; what broke is written to `.fuzz/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options = parser.parse_args(arguments)
    print(f"seed {options.seed}, {options.seconds:g} s")
    tried, broken = fuzz(options.seconds, options.seed)
    folder = ROOT / ".fuzz"
    shown: set[str] = set()
    for number, (source, trace) in enumerate(broken):
        folder.mkdir(exist_ok=True)
        Path(folder / f"{options.seed}-{number}.yaml").write_bytes(source)
        last = "\n".join(trace.splitlines()[-5:])
        if last not in shown:
            print(f"\n{options.seed}-{number}.yaml ({len(source)} bytes)\n{last}")
        shown.add(last)
    print(f"{tried} spoiled specs, {len(broken)} that broke something ({len(shown)} different ways)")
    return 1 if broken else 0


def _hangs(_: int, __: FrameType | None) -> None:
    raise Hangs(f"more than {SLOWEST} s")


if __name__ == "__main__":
    sys.exit(main())
