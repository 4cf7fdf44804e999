"""So many at so much each: `count` × the rate in force."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import mul

from engine.expressions import Expression
from engine.expressions.compiling.arithmetic import calculate
from engine.fees.forms.base import Form, known, rate, whole
from engine.fees.wording import words
from engine.model import Text
from engine.model.prices import Dated, Look, NoPrice, Path, Priced, Series

YEN: Path = ("yen",)


@dataclass(frozen=True, slots=True)
class Counted(Form):
    """`counted` says in words how the count is found, where it can be a fraction: 10㎡ for 2 of 12 months."""

    count: Expression
    rates: Series
    counted: Text | None = field(default=None, compare=False)
    place: Path = field(default=YEN, compare=False)

    def of(self, look: Look) -> Priced:
        """A count that is not whole gives an amount that must be rounded by name."""
        count, unit = known(self.count, look), rate(self.rates, look.day).amount
        units = whole(count)
        if units is not None:
            rule = words("rate", unit=unit, counted=self.counted) if self.counted and units else None
            return Priced(count * unit, units, unit, rule)
        exact = calculate(mul, count, Decimal(unit))
        if self.counted is None or not isinstance(exact, Decimal):
            raise NoPrice
        return Priced(exact, rule=words("rate", unit=unit, counted=self.counted))

    def tag(self, day: date) -> int | Text:
        """The rate; with the count in words where that can be a fraction."""
        unit = rate(self.rates, day).amount
        return unit if self.counted is None else words("rate", unit=unit, counted=self.counted)

    def expressions(self) -> Iterable[tuple[Path, Expression]]:
        """The count."""
        yield ("count",), self.count

    def series(self) -> Iterable[tuple[Path, Sequence[Dated]]]:
        """The rates."""
        yield self.place, self.rates
