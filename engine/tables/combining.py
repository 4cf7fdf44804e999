"""Every combination of the pieces of several axes, without going through all of them one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.tables.pieces import Piece

MOST_WORK = 60_000
"""Steps after which a question is left open: it takes about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Combination:
    """One piece an axis, and the rows that match there, a bit each."""

    rows: int
    pieces: tuple[Piece, ...]


class TooMuch(Exception):
    """There are more combinations than can be looked at."""


def combinations(axes: Sequence[Sequence[Piece]]) -> Iterator[Combination]:
    """For each set of rows that match together somewhere, one place where they do.

    Two ways to the same rows at the same axis lead to the same sets from there on, so the second is not followed;
    where no row is left, the rest does not matter: there every way is given. Raises `TooMuch`.
    """
    seen: set[tuple[int, int]] = set()
    waiting: list[Combination] = [Combination(-1, ())]
    work = 0
    while waiting:
        reached = waiting.pop()
        depth = len(reached.pieces)
        if depth == len(axes) or not reached.rows:
            yield reached
            continue
        for piece in reversed(axes[depth]):
            work += 1
            if work > MOST_WORK:
                raise TooMuch
            rows = reached.rows & piece.rows
            if not rows or (depth, rows) not in seen:
                seen.add((depth, rows))
                waiting.append(Combination(rows, (*reached.pieces, piece)))
