"""A short run of each target, always the same; and what was found before stays mended."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from tests.hostile import found
from tests.hostile.bounds import Hangs, bounds
from tests.hostile.fuzz import fuzz
from tests.hostile.minimising import minimised
from tests.hostile.target import Attack, Target, names, target
from tests.hostile.trying import Broke, tried

SEED = 20260401
ENOUGH = 11


def test_there_are_enough_targets() -> None:
    assert len(names()) >= ENOUGH


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", names())
def test_spoiled_input_meets_our_own_errors_and_nothing_else(name: str) -> None:
    one = target(name)
    run = fuzz(one, seconds=60, seed=SEED, most=one.few)
    assert run.inputs == one.few
    assert {way: trace for way, (_, trace) in run.broken.items()} == {}
    if not (kept := found.kept(name)):
        return
    with one.opened() as attack:
        for path in kept:
            result = tried(one, attack, path.read_bytes())
            assert not isinstance(result, Broke), f"{path.name}: {result}"


@contextmanager
def fragile() -> Iterator[Attack]:
    def attack(source: bytes) -> frozenset[str]:
        if b"!" in source:
            raise ZeroDivisionError
        return frozenset({str(len(source) % 7)})

    yield attack


def exclaim(chance: Random, source: bytes, _: object) -> bytes:
    place = chance.randrange(len(source) + 1)
    return source[:place] + chance.choice([b"a", b"b", b"!"]) + source[place:]


def test_what_breaks_is_found_and_made_small() -> None:
    run = fuzz(Target(lambda: [b"abc"], fragile, exclaim), seconds=60, seed=1, most=60)
    [(way, (source, trace))] = run.broken.items()
    assert source == b"!"
    assert way.startswith("ZeroDivisionError in ")
    assert "Traceback" in trace


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(Hangs), bounds(0.05, 100):
        sum(1 for _ in iter(int, 1))


# In a process of its own: one that freed as much before takes no memory for it that it did not have.
SWELLING = """
from tests.hostile.bounds import Swells, bounds
with bounds(5, 100):
    assert len(b"x" * 60_000_000)
try:
    with bounds(5, 20):
        assert len(b"x" * {size})
except (Swells, MemoryError):
    print("told")
"""


@pytest.mark.parametrize(("size", "told"), [(100_000_000, "told"), (60_000_000, "told"), (1_000_000, "")])
def test_what_takes_too_much_memory_is_told(size: int, told: str) -> None:
    """The first is refused by the system, the second is seen at the end, the third is within its bounds.

    Whatever was taken before, and given back.
    """
    run = subprocess.run([sys.executable, "-c", SWELLING.format(size=size)], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == told


def test_the_smallest_that_still_breaks() -> None:
    assert minimised(b"a" * 300 + b"!" + b"b" * 300 + b"?", lambda less: b"!" in less and b"?" in less) == b"!?"
