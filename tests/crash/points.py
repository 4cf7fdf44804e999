"""The list of points: what a run in which nobody dies passes every time."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.crash.killing import reached
from tests.crash.system import System

LIST = Path(__file__).with_name("points.txt")


def listed() -> list[str]:
    """Every point, in order."""
    return LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []


def write(system_on: Callable[[str], AbstractContextManager[System]], seed: int) -> int:
    """Keep what two runs, one on each kind of database, have both passed."""
    runs = []
    for kind in ("sqlite", "postgresql"):
        with system_on(kind) as system:
            found = reached(system, seed)
        runs.append({point for passed in found.values() for point in passed})
    common = sorted(set.intersection(*runs))
    LIST.write_text("\n".join(common) + "\n", encoding="utf-8")
    print(f"{len(common)} points; {len(set.union(*runs)) - len(common)} were passed in one run alone")
    return 0
