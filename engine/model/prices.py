"""What a price is made of: amounts that hold from a day, rounding by name, and what every form of price can do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

from engine.expressions import Expression, Scope
from engine.expressions.compiling.arithmetic import DIGITS, settled
from engine.model.text import Text

Path = tuple[str | int, ...]
"""Where something stands below its fee line in the source."""
RoundingName = Literal["down", "up", "half_up"]

HALF = Decimal("0.5")
ALWAYS = date.min


@dataclass(frozen=True, slots=True)
class Rate:
    """`amount` yen, in force from the day `start` (Asia/Tokyo) until a later rate starts, or through `end`."""

    start: date
    amount: int
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """`percent` per cent, in force like a `Rate`."""

    start: date
    percent: Decimal
    end: date | None = None


class Dated(Protocol):
    """What holds from a day on."""

    @property
    def start(self) -> date:
        """From this day."""
        ...

    @property
    def end(self) -> date | None:
        """Through this day; None: until the next begins."""
        ...


D = TypeVar("D", bound=Dated)
Series = tuple[Rate, ...]
"""Ascending by start."""


def in_force(series: Sequence[D], day: date) -> D | None:
    """What holds on `day`; None before the first, and after one that ended before the next starts."""
    for one in reversed(series):
        if one.start <= day:
            return one if one.end is None or day <= one.end else None
    return None


@dataclass(frozen=True, slots=True)
class Rounding:
    """To a multiple of `to` yen. Down is towards minus infinity; half up takes the half to the larger."""

    how: RoundingName
    to: int = 1

    def apply(self, exact: Decimal) -> int:
        """The whole yen."""
        with localcontext(prec=DIGITS):
            units = settled(exact / self.to)
            if self.how == "up":
                return int(units.to_integral_value(ROUND_CEILING)) * self.to
            return int((units + HALF if self.how == "half_up" else units).to_integral_value(ROUND_FLOOR)) * self.to


@dataclass(frozen=True, slots=True)
class Look:
    """What a price sees: the answers, the day that selects the rates, and what other lines of the bill came to."""

    scope: Scope
    day: date
    yen: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Priced:
    """What a price comes to before rounding: `exact` yen, as `count` × `unit` where it is that simple.

    `rule` says in words how it was found; `row` is the place of the row, band or tier that gave it.
    """

    exact: Decimal
    count: int = 1
    unit: int | None = None
    rule: Text | None = None
    row: Path | None = None


class NoPrice(Exception):
    """The answers do not say yet how much it is, or what they say is no number that can be charged."""


class NotInForce(Exception):
    """No rate is in force on the day."""


class Price(Protocol):
    """One form of price. Each is a file in `engine/fees/forms`."""

    def of(self, look: Look) -> Priced:
        """What it comes to. Raises `NoPrice` and `NotInForce`."""
        ...

    def tag(self, day: date) -> int | Text:
        """What it costs on a day before anything is answered: yen for one unit, or words. Raises `NotInForce`."""
        ...

    def expressions(self) -> Iterable[tuple[Path, Expression]]:
        """Every expression in it, with its place below the line."""
        ...

    def series(self) -> Iterable[tuple[Path, Sequence[Dated]]]:
        """Every dated series in it, with its place."""
        ...

    def rows(self) -> Iterable[Path]:
        """The places that an example must visit, where it has several."""
        ...

    def rests_on(self) -> Sequence[str]:
        """The ids of the lines that it is computed from."""
        ...
