"""Bad input: what refusing each hostile spec costs, in a process of its own. `python -m tests.benchmarks.hostile`."""

import gc
import os
import resource
import sys
import time
from dataclasses import dataclass

from engine.tree import all_codes, check_tree
from tests.hostile.files import HOSTILE

AIM_SECONDS, AIM_MEGABYTES = 0.2, 100
WARMING = "id: sample\nsteps: {one: {title: 一, fields: {it: {type: text, title: 問い, when: it > 1}}}}\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds, and megabytes of memory at the most, interpreter and engine included."""

    name: str
    seconds: float
    cpu: float
    megabytes: float
    refused: bool


def cost(name: str) -> Cost:
    """Refuse one spec in a child process, which starts from an engine that is loaded and warm."""
    source = HOSTILE[name]()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        start, cpu = time.perf_counter(), time.process_time()
        failed = any(problem.severity == "error" for problem in check_tree({"sample.yaml": source}).problems)
        spent = time.perf_counter() - start, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writing, f"{spent[0]} {spent[1]} {peak} {int(failed)}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read().split()
    os.waitpid(child, 0)
    if not told:
        return Cost(name, 0, 0, 0, refused=False)
    seconds, spent_cpu, megabytes, refused = map(float, told)
    return Cost(name, seconds, spent_cpu, megabytes, refused=bool(refused))


def table() -> tuple[str, bool]:
    """What to print, and whether all were refused."""
    all_codes()
    check_tree({"warming.yaml": WARMING})
    gc.freeze()  # children shall not copy what they only look at
    costs = [cost(name) for name in HOSTILE]
    slowest, largest = max(costs, key=lambda one: one.cpu), max(costs, key=lambda one: one.megabytes)
    lines = [
        f"{len(costs)} hostile specs, {sum(one.refused for one in costs)} refused",
        f"slowest: {slowest.cpu:.3f} s of CPU, {slowest.seconds:.3f} s ({slowest.name}); aim {AIM_SECONDS} s",
        f"largest: {largest.megabytes:.0f} MB ({largest.name}); aim {AIM_MEGABYTES} MB",
    ]
    return "\n".join(lines), all(one.refused for one in costs)


if __name__ == "__main__":
    told, fine = table()
    print(told)
    sys.exit(0 if fine else 1)
