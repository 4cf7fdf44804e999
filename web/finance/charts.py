"""A chart of bars as an SVG that the server draws: sizes as attributes, so that no style is needed inline."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 200
LEFT, BOTTOM, TOP = 8, 30, 26
SERIES = ("demanded", "collected")


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
    """What the template draws; `top_yen` is the amount at the upper line."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    top_yen: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    top: int = TOP


def chart_of(values: Sequence[tuple[str, Sequence[int]]]) -> Chart:
    """A chart of (label, yen of each series); amounts below 0 (taken back) are drawn as nothing.

    With many labels only every n-th is written, so that they do not run into each other.
    """
    top = _round_up(max((yen for _, amounts in values for yen in amounts), default=0))
    slot = (WIDTH - 2 * LEFT) / max(1, len(values))
    wide = slot * 0.8 / len(SERIES)
    every = 1 + len(values) // 13
    bars, marks = [], []
    for number, (label, amounts) in enumerate(values):
        start = LEFT + number * slot + slot * 0.1
        if number % every == 0:
            marks.append(Mark(round(start + slot * 0.4, 1), label))
        for place, (series, yen) in enumerate(zip(SERIES, amounts, strict=True)):
            height = round(max(0, yen) / top * (HEIGHT - BOTTOM - TOP), 1) if top else 0
            if height:
                y = round(HEIGHT - BOTTOM - height, 1)
                bars.append(Bar(series, round(start + place * wide, 1), y, round(wide, 1), height))
    return Chart(tuple(bars), tuple(marks), top)


def _round_up(yen: int) -> int:
    """To the next amount with one digit that counts: 6,550 to 7,000."""
    if yen <= 0:
        return 0
    unit = 10 ** (len(str(yen)) - 1)
    return -(-yen // unit) * unit
