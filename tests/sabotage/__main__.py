"""`make sabotage`: makes one line wrong at a time, in a copy of the tree, and demands that the named test notices."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.altered.copies import altered, copies
from tests.altered.running import Result, Running, begin, preload, pytest_of
from tests.sabotage.sabotage import Sabotage, every

LONGEST = 180.0
"""Seconds for one test."""
ALL = 1800.0
PAUSE = 0.02


@dataclass
class Place:
    """A copy of the tree, and what runs in it."""

    tree: Path
    running: Running | None = None
    about: object = None
    undo: ExitStack = field(default_factory=ExitStack)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if every sabotage was noticed by its test, and by nothing but the sabotage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="those whose name holds this")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    wanted = [sabotage for sabotage in every() if options.only in sabotage.name]
    begun = time.monotonic()
    preload()
    with copies(options.jobs) as trees:
        print(
            f"{len(wanted)} sabotages; {options.jobs} copies of the tree after {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        places = [Place(tree) for tree in trees]
        failing = _unharmed(places, sorted({sabotage.test for sabotage in wanted}))
        caught = _sabotaged(places, [sabotage for sabotage in wanted if sabotage.test not in failing])
    bad = len(wanted) - caught
    print(f"{caught} of {len(wanted)} noticed by the test that must, in {time.monotonic() - begun:.0f} s")
    return 1 if bad else 0


def _unharmed(places: Sequence[Place], tests: Sequence[str]) -> set[str]:
    """The tests that fail although nothing is wrong: all at once, and one by one only where something does."""
    halves = [" ".join(tests[start :: len(places)]) for start in range(len(places))]
    if all(result.verdict == "passed" for _, result in _each(places, [(half, None) for half in halves if half])):
        return set()
    failing = set()
    for test, result in _each(places, [(test, None) for test in tests]):
        if result.verdict != "passed":
            failing.add(str(test))
            print(f"WITHOUT SABOTAGE {result.verdict}: {test}\n{result.printed[-1500:]}", flush=True)
    return failing


def _sabotaged(places: Sequence[Place], wanted: Sequence[Sabotage]) -> int:
    """How many were noticed; prints the table."""
    caught = 0
    for sabotage, result in _each(places, [(sabotage, sabotage) for sabotage in wanted]):
        noticed = result.verdict == "failed"
        caught += noticed
        print(
            f"{'caught' if noticed else result.verdict.upper():9} {result.seconds:5.1f} s  {sabotage.name}", flush=True
        )
        if not noticed:
            print(f"          {sabotage.file}: {sabotage.old!r} → {sabotage.new!r}\n          by {sabotage.test}")
            print(result.printed[-600:])
    return caught


def _each(places: Sequence[Place], work: Sequence[tuple[object, Sabotage | None]]) -> Iterator[tuple[object, Result]]:
    """Every piece of work with what came of it, as they end; as many at once as there are places."""
    waiting = list(reversed(work))
    while waiting or any(place.running for place in places):
        for place in places:
            if place.running is None and waiting:
                _start(place, *waiting.pop())
            if place.running is not None and (result := place.running.result()) is not None:
                place.running = None
                place.undo.close()
                yield place.about, result
        time.sleep(PAUSE)


def _start(place: Place, about: object, sabotage: Sabotage | None) -> None:
    place.about = about
    tests = [sabotage.test] if sabotage else str(about).split()
    if sabotage:
        place.undo.enter_context(altered(place.tree, {sabotage.file: sabotage.text(place.tree)}))
    base = place.tree.parent / "base"
    place.running = begin(
        place.tree,
        place.tree.parent / "printed",
        LONGEST if len(tests) == 1 else ALL,
        lambda: pytest_of(tests, [f"--basetemp={base}", "-k", "not postgresql"]),
    )


if __name__ == "__main__":
    sys.exit(main())
