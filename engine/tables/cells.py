"""What a row asks of one axis: one of some values, a band between limits, or not that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Value = str | bool | Decimal | date


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of the values that are written out, in their order."""

    values: tuple[Value, ...]

    def holds(self, value: Any) -> bool:
        """Whether it is one of them."""
        return value in self.values

    def points(self) -> frozenset[Value]:
        """The values at which the answer may change: all of them."""
        return frozenset(self.values)


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` to `high`, numbers or days; a limit that is open is not itself in the band, None has no end."""

    low: Any = None
    high: Any = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: Any) -> bool:
        """Whether it lies between the limits."""
        if self.low is not None and not (value > self.low if self.low_open else value >= self.low):
            return False
        return self.high is None or bool(value < self.high if self.high_open else value <= self.high)

    def points(self) -> frozenset[Value]:
        """Both limits, as far as there are any."""
        return frozenset(limit for limit in (self.low, self.high) if limit is not None)


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever the other cell does not mean."""

    inner: OneOf | Band

    def holds(self, value: Any) -> bool:
        """Whether the other cell does not hold."""
        return not self.inner.holds(value)

    def points(self) -> frozenset[Value]:
        """Where the other cell changes, this one does."""
        return self.inner.points()


Cell = OneOf | Band | Not
"""A test of a known value (`holds`), and the `points` at which its answer may change."""
