"""`make mutants`: changes one small thing at a time in the guards, and demands that their tests notice."""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.altered.copies import altered, copies
from tests.altered.running import Result, Running, begin, preload, pytest_of
from tests.mutants.guards import GUARDS, Guard, equivalent, source
from tests.mutants.mutation import Mutant, mutants
from tests.mutants.trying import Trying

LONGEST = 3600.0
ONE = 300.0
"""Seconds for a whole guard, and for one mutant that is tried from the beginning."""
PAUSE = 0.02


@dataclass
class Score:
    """How a guard did."""

    guard: Guard
    count: int
    survivors: list[Mutant]
    excused: int
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if every mutant was noticed, or is listed as doing no harm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", help="guards whose file holds this; may be given several times")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    wanted = [guard for part in options.only or [""] for guard in GUARDS if part in guard.file]
    preload()
    begun, scores = time.monotonic(), []
    with copies(options.jobs) as trees:
        for guard in wanted:
            scores.append(_try(guard, trees))
            _tell(scores[-1])
    killed = sum(score.count - len(score.survivors) - score.excused for score in scores)
    excused, left = sum(score.excused for score in scores), sum(len(score.survivors) for score in scores)
    total = sum(score.count for score in scores)
    print(f"{total} mutants: {killed} noticed, {excused} do no harm, {left} survive; {time.monotonic() - begun:.0f} s")
    return 1 if left or any(score.count == 0 for score in scores) else 0


def _try(guard: Guard, trees: Sequence[Path]) -> Score:
    begun = time.monotonic()
    every = mutants(source(guard, trees[0]), guard.functions)
    excused = equivalent().get(guard.file, {})
    found = [mutant for mutant in every if mutant.name not in excused]
    quick = [mutant for mutant in found if mutant.later]
    tree = trees[0]
    printed, told = tree.parent / "printed", tree.parent / "told"
    told.unlink(missing_ok=True)
    plugin = Trying(str(tree / guard.file), quick, told, len(trees))
    _end(begin(tree, printed, LONGEST, lambda: pytest_of(guard.tests, _more(tree), [plugin])))
    if not told.exists():
        sys.exit(f"{guard.file}: its tests fail without any mutant\n{printed.read_text()[-3000:]}")
    doubtful = [quick[place] for place in json.loads(told.read_text())]
    slow = [mutant for mutant in found if not mutant.later]
    survivors = _unnoticed(guard, trees, [*doubtful, *slow])
    return Score(guard, len(every), survivors, len(every) - len(found), time.monotonic() - begun)


def _unnoticed(guard: Guard, trees: Sequence[Path], doubtful: Sequence[Mutant]) -> list[Mutant]:
    """Tried from the beginning, as what runs when the module is loaded may be what was changed; one in each tree."""
    survivors, waiting = [], list(reversed(doubtful))
    running: dict[Path, tuple[Mutant, Running, ExitStack]] = {}
    while waiting or running:
        for tree in trees:
            if tree not in running and waiting:
                running[tree] = _begin(guard, tree, waiting.pop())
            if tree in running and (result := running[tree][1].result()) is not None:
                mutant, _, undo = running.pop(tree)
                undo.close()
                if result.verdict == "passed":
                    survivors.append(mutant)
        time.sleep(PAUSE)
    return sorted(survivors, key=lambda mutant: mutant.line)


def _begin(guard: Guard, tree: Path, mutant: Mutant) -> tuple[Mutant, Running, ExitStack]:
    undo = ExitStack()
    undo.enter_context(altered(tree, {guard.file: mutant.text}))
    running = begin(tree, tree.parent / "printed", ONE, lambda: pytest_of(guard.tests, _more(tree)))
    return mutant, running, undo


def _more(tree: Path) -> list[str]:
    return [f"--basetemp={tree.parent / 'base'}", "-k", "not postgresql"]


def _end(running: Running) -> Result:
    while (result := running.result()) is None:
        time.sleep(PAUSE)
    return result


def _tell(score: Score) -> None:
    left = f"{len(score.survivors)} SURVIVE" if score.survivors else "none survives"
    print(
        f"{score.seconds:6.1f} s {score.count:4} mutants, {score.excused:2} do no harm, {left}: {score.guard.file}",
        flush=True,
    )
    for mutant in score.survivors:
        print(f"         :{mutant.line} {mutant.name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
