"""A compiled decision table, and what it says for given answers."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.compiling.logic import Truth
from engine.expressions.expression import Expression
from engine.expressions.scope import UNKNOWN, Scope, Unknown
from engine.expressions.types import Type
from engine.tables.cells import Cell
from engine.tables.conditions import both, condition
from engine.tables.policies import NOTHING, Hit

OTHERWISE = -1
"""The index of the row that holds where no other does."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that rows distinguish: its name in the rows, and the expression it stands for."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `cells` hold the axes it asks about, by place among the axes; the others may be anything.

    `output` is a value (of a record: a mapping) or an expression; `index` its place in the source.
    """

    index: int
    cells: Mapping[int, Cell]
    output: Any

    def matches(self, inputs: list[Any]) -> Truth:
        """Whether all cells hold; false as soon as one does not, whatever is unknown beside it."""
        known: Truth = True
        for place, cell in self.cells.items():
            value = inputs[place]
            if value is UNKNOWN:
                known = UNKNOWN
            elif not cell.holds(value):
                return False
        return known

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where it stands inside the table."""
        return ("otherwise",) if self.index == OTHERWISE else ("rows", self.index)

    def value(self, scope: Scope) -> Any:
        """What the row gives."""
        return self.output.evaluate(scope) if isinstance(self.output, Expression) else self.output


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` stand in the order in which they are tried; `otherwise` is the value where none matches.

    `order` ranks outputs from the foremost on, for the hit policy `priority`. `names` are the fields, conditions and
    calculated values that it rests on.
    """

    axes: tuple[Axis, ...]
    rows: tuple[Row, ...]
    hit: Hit
    type: Type
    otherwise: Row | None = None
    order: tuple[Any, ...] = ()
    types: Mapping[str, Type]

    @property
    def names(self) -> frozenset[str]:
        """The fields, conditions and calculated values that it uses."""
        return frozenset(self.types)

    def evaluate(self, scope: Scope) -> Any:
        """The value for these answers; UNKNOWN while that is open, and where no row matches and none is otherwise."""
        rows = self.hits(scope)
        if rows is UNKNOWN:
            return UNKNOWN
        if not rows and self.otherwise is not None:
            return self.otherwise.value(scope)
        values = [row.value(scope) for row in rows]
        if self.order:
            values.sort(key=self.order.index)
        found = self.hit.combine(values)
        return UNKNOWN if found is NOTHING else found

    def hits(self, scope: Scope) -> list[Row] | Unknown:
        """The rows that count for these answers; none where nothing matches, UNKNOWN while that is open."""
        return self.hit.choose(self._marks(scope))

    def deciding(self, scope: Scope) -> list[Row]:
        """The rows from which the value comes, `otherwise` among them; none while that is open."""
        rows = self.hits(scope)
        if rows is UNKNOWN:
            return []
        return rows or ([] if self.otherwise is None else [self.otherwise])

    def asks(self, row: Row) -> ast.expr | None:
        """What a row asks, as a condition; None where it asks nothing."""
        trees = {place: axis.value.syntax.tree for place, axis in enumerate(self.axes)}
        return both([condition(cell, trees[place]) for place, cell in row.cells.items()])

    def expressions(self) -> Iterator[Expression]:
        """Every expression in it."""
        yield from (axis.value for axis in self.axes)
        yield from (row.output for row in self.every_row() if isinstance(row.output, Expression))

    def outputs(self) -> tuple[Any, ...] | None:
        """Every value that it can give, where it gives one of those written out; None where that is not known."""
        given = [row.output for row in self.every_row()]
        if not self.hit.single or any(isinstance(output, Expression | dict) for output in given):
            return None
        return tuple(dict.fromkeys(given))

    def every_row(self) -> tuple[Row, ...]:
        """The rows and what holds otherwise."""
        return self.rows if self.otherwise is None else (*self.rows, self.otherwise)

    def _marks(self, scope: Scope) -> Iterator[tuple[Row, Truth]]:
        """The rows that match or may."""
        inputs = [axis.value.evaluate(scope) for axis in self.axes]
        for row in self.rows:
            truth = row.matches(inputs)
            if truth is not False:
                yield row, truth
