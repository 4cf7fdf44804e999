"""What the engine costs: a validation, the next step, a thousand specs, each beside a loop that is always the same."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from engine.compiling import Concepts, compile_procedure
from engine.fees import quote
from engine.journey import walk
from engine.model import Procedure
from engine.validation import check_submission
from tests.benchmarks import fees, specs

DAY = date(2026, 5, 1)
SPECS = 1_000
LOOPS = 10_000
ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: CPU time in `unit` beside its aim, and how many turns of the loop that is."""

    name: str
    value: float
    unit: str
    aim: float
    loops: float | None = None


def calibration() -> float:
    """CPU milliseconds of a loop that does nothing but count: what another program on the machine adds shows in it."""
    began = time.process_time()
    total = 0
    for number in range(LOOPS):
        total += number * number
    return (time.process_time() - began) * 1_000


def timed(name: str, aim: float, work: Callable[[], object], repeat: int) -> Figure:
    """CPU milliseconds of one call: the median of rounds, each beside the loop."""
    work()
    took, ratios = [], []
    for _ in range(ROUNDS):
        loop = calibration()
        began = time.process_time()
        for _ in range(repeat):
            work()
        one = (time.process_time() - began) * 1_000 / repeat
        took.append(one)
        ratios.append(one / ((loop + calibration()) / 2))
    return Figure(name, median(took), "ms", aim, median(ratios))


def compiled(source: str) -> Procedure:
    """The procedure of a source that has no mistakes."""
    found = compile_procedure(source, "benchmark.yaml", Concepts.empty()).procedure
    if found is None:
        raise ValueError("a spec of the benchmark does not compile")
    return found


def validation() -> Figure:
    """A whole submission of forty answers, with names, addresses, days, choices and a list."""
    procedure = compiled(specs.forty())
    answers = dict(procedure.scenarios[0].answers)
    if check_submission(procedure, answers, DAY):
        raise ValueError("the answers of the benchmark are refused")
    return timed("validate a submission of 40 fields", 0.3, lambda: check_submission(procedure, answers, DAY), 100)


def next_step() -> Figure:
    """From all answers to the step after one in the middle."""
    procedure = compiled(specs.long_procedure(150, 380))
    answers = specs.answers_to_long(150, 380)

    def step() -> Any:
        return walk(procedure, answers, DAY).next_step("s70")

    if step().id != "s71" or len(procedure.steps) != 150:
        raise ValueError("the long procedure of the benchmark goes another way")
    return timed("next step of 150 steps, 380 fields", 0.5, step, 50)


def fee() -> Figure:
    """A quote whose one line stands in the last of 60 rows."""
    found, answers = fees.sample("table of 60 rows, last")
    journey = walk(found, answers, fees.DAY)
    if quote(found, journey, fees.DAY) is None:
        raise ValueError("the fee of the benchmark is not charged")
    return timed("a fee over a table of 60 rows", fees.AIM_MS, lambda: quote(found, journey, fees.DAY), 500)


def thousand(folder: Path) -> list[Figure]:
    """`tetsuzuki check` on a thousand specs in a process of its own: cold, then unchanged."""
    for number in range(SPECS):
        (folder / f"sample-{number}.yaml").write_text(specs.spec(number), encoding="utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache")}
    figures = []
    for name, aim in (("check 1,000 specs of 300 lines, cold", 10.0), ("the same, unchanged", 0.5)):
        loop = calibration()
        seconds, megabytes = check(folder, environment)
        loops = seconds * 1_000 / ((loop + calibration()) / 2)
        figures += [
            Figure(name, seconds, "s", aim, loops),
            Figure(f"  memory, {name.split(', ')[-1]}", megabytes, "MB", 200),
        ]
    return figures


def check(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """CPU seconds and most memory of one run."""
    command = [sys.executable, "-c", CHILD, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found = json.loads(done.stdout.splitlines()[-1])
    if found["code"] != 0:
        raise ValueError(done.stdout[-2_000:])
    return found["seconds"], found["megabytes"]


CHILD = """
import json, resource, sys
from web.cli import main
code = main(["check", sys.argv[1], "--language", "en"])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"code": code, "seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))
"""


def measure() -> list[dict[str, object]]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        return [asdict(figure) for figure in (validation(), next_step(), fee(), *thousand(Path(folder)))]


def show(figures: list[dict[str, Any]]) -> None:
    """The table."""
    print(f"{'engine':42}{'figure':>12}{'aim':>10}{'× loop':>10}")
    for row in figures:
        aim, loops = f"{row['aim']:g} {row['unit']}", "" if row["loops"] is None else f"{row['loops']:.2f}"
        print(f"{row['name']:42}{row['value']:>9.3g} {row['unit']:2}{aim:>10}{loops:>10}")


if __name__ == "__main__":
    show(measure())
