"""Which parts stand in another order than before: as few as tell the whole difference."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from engine.versions.pairing import Pairing


def moved(old: Sequence[str], new: Sequence[Any], pairing: Pairing[Any], key: str) -> frozenset[str]:
    """The keys of the new parts that have to be moved to bring the old order into the new one."""
    place = {name: number for number, name in enumerate(old)}
    names = [str(getattr(part, key)) for part in new]
    kept = [(name, place[str(getattr(pairing.origin[name], key))]) for name in names if name in pairing.origin]
    still = _longest_rise([number for _, number in kept])
    return frozenset(name for index, (name, _) in enumerate(kept) if index not in still)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """The indices of a longest rising run, which may have gaps (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(ends[pile - 1] if pile else None)
        tops[pile : pile + 1], ends[pile : pile + 1] = [number], [index]
    found: set[int] = set()
    at: int | None = ends[-1] if ends else None
    while at is not None:
        found.add(at)
        at = before[at]
    return frozenset(found)
