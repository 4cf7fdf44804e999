"""Where a table has a gap or rows that meet, and whether answers can lead there."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from engine.checks.reasoning.possible import Demands
from engine.checks.reasoning.references import field_of
from engine.checks.subject import Subject
from engine.checks.tables.axes import independent, limits_of
from engine.tables import OneOf, Table
from engine.tables.combining import Combination, TooMuch, combinations
from engine.tables.conditions import both, condition
from engine.tables.pieces import Piece, pieces

MOST_TRIES = 64
"""Places that are looked at for one that answers can lead to."""


@dataclass(frozen=True)
class Places:
    """A table cut into places. `whole`: every one was looked at."""

    table: Table
    subject: Subject
    axes: tuple[tuple[Piece, ...], ...]
    found: tuple[Combination, ...]
    whole: bool

    @classmethod
    def of(cls, table: Table, subject: Subject) -> "Places":
        """Cut it; a bit of `Piece.rows` stands for a row of `table.rows` in their order there."""
        axes = tuple(
            tuple(pieces([row.cells.get(place) for row in table.rows], limits_of(axis, subject)))
            for place, axis in enumerate(table.axes)
        )
        try:
            return cls(table, subject, axes, tuple(combinations(axes)), whole=True)
        except TooMuch:
            return cls(table, subject, axes, (), whole=False)

    def certain(self) -> bool:
        """Whether a place that was found can be spoken of: axes that hang together may make it impossible."""
        return self.whole and independent(self.table, self.subject)

    def first_possible(self, among: Iterator[Combination]) -> ast.expr | None:
        """What the first place says to which answers can lead; None where none is found."""
        for place in islice(among, MOST_TRIES):
            for said, demands in islice(self._ways(place.pieces), MOST_TRIES):
                if self.subject.reasoner.possible(demands, said) and not self.subject.reasoner.exhausted:
                    return said
        return None

    def _ways(self, place: Sequence[Piece]) -> Iterator[tuple[ast.expr, Demands]]:
        """The place in conditions, once for each choice of options that have conditions of their own."""
        trees = [axis.value.syntax.tree for axis in self.table.axes]
        choices = [self._options(piece, tree) for piece, tree in zip(place, trees, strict=False)]
        for chosen in product(*choices):
            said = both([one for one, _ in chosen]) or ast.Constant(value=True)
            yield said, tuple(demand for _, demands in chosen for demand in demands)

    def _options(self, piece: Piece, tree: ast.expr) -> list[tuple[ast.expr | None, Demands]]:
        field = field_of(tree, self.subject.top)
        demanded = {option.value: option.when for option in field.options if option.when} if field else {}
        if not demanded or not piece.values:
            return [(condition(piece.cell, tree), ())]
        free = tuple(value for value in piece.values if value not in demanded)
        open_ones: list[tuple[ast.expr | None, Demands]] = [(condition(OneOf(free), tree), ())] if free else []
        bound = [
            (condition(OneOf((value,)), tree), ((when, self.subject.top),))
            for value in piece.values
            if (when := demanded.get(value))
        ]
        return [*open_ones, *bound]
