"""An axis cut into pieces: within one of them the same rows match, whatever the answer is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

from engine.tables.cells import Band, Cell, Not, OneOf

ALL = Band()
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer on an axis may be: one of `values`, any text, or a number or day in `band`, `whole` if set."""

    values: tuple[Any, ...] | None = None
    texts: bool = False
    band: Band = ALL
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an axis: some `values`, an interval, or (`other`) every text but `values`. `rows` has a bit a row."""

    rows: int
    values: tuple[Any, ...] = ()
    band: Band | None = None
    other: bool = False

    @property
    def cell(self) -> Cell:
        """The piece as a row would ask for it."""
        if self.band is not None:
            return self.band
        return Not(OneOf(self.values)) if self.other else OneOf(self.values)


def pieces(cells: Sequence[Cell | None], limits: Limits) -> list[Piece]:
    """The pieces of an axis on which each row has a cell or None (anything); every possible answer is in one."""
    if limits.values is not None:
        return _grouped(limits.values, cells)
    points = sorted({point for cell in cells if cell is not None for point in cell.points()})
    if limits.texts:
        return [*_grouped(points, cells), Piece(_rows(cells, _Other()), tuple(points), other=True)]
    return _merged(_intervals(points, cells, limits))


class _Other:
    """A text that no cell names: equal to nothing."""

    __slots__ = ()


def _rows(cells: Sequence[Cell | None], value: Any) -> int:
    return sum(1 << index for index, cell in enumerate(cells) if cell is None or cell.holds(value))


def _grouped(values: Iterable[Any], cells: Sequence[Cell | None]) -> list[Piece]:
    groups: dict[int, list[Any]] = {}
    for value in values:
        groups.setdefault(_rows(cells, value), []).append(value)
    return [Piece(rows, tuple(members)) for rows, members in groups.items()]


def _intervals(points: Sequence[Any], cells: Sequence[Cell | None], limits: Limits) -> Iterator[Piece]:
    """In their order each point, and what lies between and around them, as far as answers can be there."""
    edges = [None, *points, None]
    for low, high in pairwise(edges):
        if low is not None:
            yield from _possible(Band(low, low), cells, limits)
        yield from _possible(Band(low, high, low is not None, high is not None), cells, limits)


def _possible(band: Band, cells: Sequence[Cell | None], limits: Limits) -> Iterator[Piece]:
    inside = meet(band, limits.band)
    sample = sample_of(inside, whole=limits.whole)
    if sample is not None:
        yield Piece(_rows(cells, sample), band=inside)


def _merged(found: Iterable[Piece]) -> list[Piece]:
    """Neighbours where the same rows match are one."""
    merged: list[Piece] = []
    for piece in found:
        last = merged[-1] if merged else None
        if last is not None and last.rows == piece.rows and last.band is not None and piece.band is not None:
            both = replace(last.band, high=piece.band.high, high_open=piece.band.high_open)
            merged[-1] = replace(last, band=both)
        else:
            merged.append(piece)
    return merged


def meet(one: Band, other: Band) -> Band:
    """The values in both."""
    low, low_open = one.low, one.low_open
    if other.low is not None and (low is None or other.low >= low):
        low, low_open = other.low, other.low_open or (low == other.low and low_open)
    high, high_open = one.high, one.high_open
    if other.high is not None and (high is None or other.high <= high):
        high, high_open = other.high, other.high_open or (high == other.high and high_open)
    return Band(low, high, low_open, high_open)


def sample_of(band: Band, *, whole: bool) -> Any:
    """A value in it, or None where there is none; days are whole of themselves."""
    try:
        closed = _days(band) if isinstance(band.low, date) or isinstance(band.high, date) else band
    except OverflowError:  # beyond the last day of the calendar
        return None
    closed = _whole(closed) if whole and closed is band else closed
    low, high = closed.low, closed.high
    if low is None or high is None:
        return _beside(low, high)
    if low < high:
        return high if closed.low_open and not closed.high_open else (low + high) / 2 if closed.low_open else low
    return low if low == high and not closed.low_open and not closed.high_open else None


def _days(band: Band) -> Band:
    low = band.low + A_DAY if band.low is not None and band.low_open else band.low
    high = band.high - A_DAY if band.high is not None and band.high_open else band.high
    return Band(low, high)


def _whole(band: Band) -> Band:
    low, high = band.low, band.high
    if low is not None:
        rounded = low.to_integral_value(ROUND_CEILING)
        low = rounded + 1 if band.low_open and rounded == low else rounded
    if high is not None:
        rounded = high.to_integral_value(ROUND_FLOOR)
        high = rounded - 1 if band.high_open and rounded == high else rounded
    return Band(low, high)


def _beside(low: Any, high: Any) -> Any:
    """A value far enough from the one limit that there is."""
    if low is None and high is None:
        return Decimal(0)
    if isinstance(low, date) or isinstance(high, date):
        return low if high is None else high
    return low + 1 if high is None else high - 1
