"""So many at what a table says: a row gives the rate, by date."""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from engine.tables import Row, Table

ROWS: Path = ("table", "rows")
OTHERWISE: Path = ("table", "otherwise")


@dataclass(frozen=True, slots=True)
class Tabled(Form):
    """`table` gives the place of a row among `rates`, those of what holds otherwise last.

    `tell` says in words what a row asks; `told` keeps what was said.
    """

    table: Table
    rates: tuple[Series, ...]
    count: Expression
    tell: Callable[[ast.expr], Text] = field(compare=False)
    told: dict[int, Text | None] = field(default_factory=dict, compare=False, repr=False)

    def of(self, look: Look) -> Priced:
        """The rate of the row × the count. No row that matches is no price, never 0."""
        place = self.table.evaluate(look.scope)
        if not isinstance(place, Decimal):
            raise NoPrice
        index = int(place)
        count, unit = known(self.count, look), rate(self.rates[index], look.day).amount
        exact, units = calculate(mul, count, Decimal(unit)), whole(count)
        if not isinstance(exact, Decimal):
            raise NoPrice
        rule, row = self._tell(index), self._place(index)
        return Priced(exact, rule=rule, row=row) if units is None else Priced(exact, units, unit, rule, row)

    def tag(self, day: date) -> int | Text:
        """From the least to the most that a row gives."""
        amounts = [rate(series, day).amount for series in self.rates]
        least, most = min(amounts), max(amounts)
        return least if least == most else words("between", least=least, most=most)

    def _tell(self, index: int) -> Text | None:
        """In words what the row asks, put together once: every quote tells it."""
        if index not in self.told:
            asked = next((self.table.asks(row) for row in self._rows() if row.output == index), None)
            self.told[index] = None if asked is None else self.tell(asked)
        return self.told[index]

    def _rows(self) -> tuple[Row, ...]:
        return self.table.every_row()

    def _place(self, index: int) -> Path:
        otherwise = self.table.otherwise is not None and index == len(self.rates) - 1
        return OTHERWISE if otherwise else (*ROWS, index)

    def expressions(self) -> Iterator[tuple[Path, Expression]]:
        """The count and the axes."""
        yield ("count",), self.count
        yield from ((("table", "on"), axis.value) for axis in self.table.axes)

    def series(self) -> Iterable[tuple[Path, Sequence[Dated]]]:
        """The rates of each row."""
        for index, series in enumerate(self.rates):
            yield self._place(index), series

    def rows(self) -> Iterator[Path]:
        """Each row."""
        yield from (self._place(index) for index in range(len(self.rates)))
