"""A chart of bars as an SVG that the server draws: sizes as attributes, so that no style is needed inline."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
LEFT, BOTTOM, TOP = 8, 30, 26


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `series` names its colour."""

    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A label below the axis, at the middle of its bars."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws; `top` is the number at the upper line, `upper` and `base` where the lines are."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    upper: int = TOP


def chart_of(values: Sequence[tuple[str, Sequence[int]]], series: Sequence[str]) -> Chart:
    """A chart of (label, a number for each of `series`); numbers below 0 (taken back) are drawn as nothing.

    With many labels only every n-th is written, so that they do not run into each other.
    """
    top = _round_up(max((number for _, numbers in values for number in numbers), default=0))
    slot = (WIDTH - 2 * LEFT) / max(1, len(values))
    wide = slot * 0.8 / len(series)
    every = 1 + len(values) // 13
    bars, marks = [], []
    for position, (label, numbers) in enumerate(values):
        start = LEFT + position * slot + slot * 0.1
        if position % every == 0:
            marks.append(Mark(round(start + slot * 0.4, 1), label))
        for place, (name, number) in enumerate(zip(series, numbers, strict=True)):
            height = round(max(0, number) / top * (HEIGHT - BOTTOM - TOP), 1) if top else 0
            if height:
                y = round(HEIGHT - BOTTOM - height, 1)
                bars.append(Bar(name, round(start + place * wide, 1), y, round(wide, 1), height))
    return Chart(tuple(bars), tuple(marks), top)


def _round_up(number: int) -> int:
    """To the next number with one digit that counts: 6,550 to 7,000."""
    if number <= 0:
        return 0
    unit = 10 ** (len(str(number)) - 1)
    return -(-number // unit) * unit
