"""Rows of tables, recognised by what they ask for: each is told as the case it is about and the value it gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.expressions.explaining import explain
from engine.model import Procedure
from engine.tables import Row, Table
from engine.tables.conditions import both, condition
from engine.versions.comparing.changes import Change, Spot
from engine.versions.comparing.naming import label
from engine.versions.comparing.sayings import Sayable, sayable, titles_in
from engine.versions.comparing.walking import Walk
from engine.versions.equality import same
from engine.words import say

Key = tuple[str, ...]
"""What a row asks for, so that rows of two tables can be compared."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a row asks for, in words."""

    table: Table
    row: Row
    procedure: Procedure

    def say(self, language: str) -> str:
        """All of its cells; a row without any is about every case."""
        axes = dict(enumerate(self.table.axes))
        cells = [(cell, axes[place].value) for place, cell in self.row.cells.items() if place in axes]
        asked = both([condition(cell, axis.syntax.tree) for cell, axis in cells])
        if asked is None:
            return say("versions.every_case", language)
        named = {name: one.syntax.tree for name, one in self.procedure.conditions.items()}
        return explain(asked, language, titles_in(self.procedure, language), named, self.table.types, truth=True)


def _rows(walk: Walk, spot: Spot, old: Table, new: Table) -> Iterator[Change]:
    before, after = by_case(old), by_case(new)
    here = spot.below("rows")
    for key, row in before.items():
        if key not in after:
            yield Change("row_removed", here, spot.effect, _told(old, row, walk.old))
    for key, row in after.items():
        was = before.get(key)
        if was is None:
            yield Change("row_added", here, spot.effect, _told(new, row, walk.new))
        elif not same(was.output, row.output):
            told = {**_told(new, row, walk.new), "before": sayable(was.output, walk.old)}
            yield Change("row_changed", here, spot.effect, told)
    yield from rows_wandered(here, before, after)


def rows_wandered(spot: Spot, before: Mapping[Key, Row], after: Mapping[Key, Row]) -> Iterator[Change]:
    """Whether the rows that stayed stand in another order."""
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Change("rows_moved", spot, spot.effect)


def by_case(table: Table) -> dict[Key, Row]:
    """The rows by what they ask for; of several for one case, each by its number among them."""
    found: dict[Key, Row] = {}
    for row in table.rows:
        axes = dict(enumerate(table.axes))
        asked = sorted(f"{axes[place].name}: {cell}" for place, cell in row.cells.items() if place in axes)
        number = 0
        while (key := (*asked, str(number))) in found:
            number += 1
        found[key] = row
    return found


def _told(table: Table, row: Row, procedure: Procedure) -> dict[str, Sayable]:
    return {"case": Case(table, row, procedure), "after": sayable(row.output, procedure)}


def _otherwise(walk: Walk, spot: Spot, old: Table, new: Table) -> Iterator[Change]:
    before, after = (None if table.otherwise is None else table.otherwise.output for table in (old, new))
    if not same(before, after):
        yield walk.changed("value", spot.below("otherwise"), label(old, "otherwise"), before, after)


RULES = {("Table", "rows"): _rows, ("Table", "otherwise"): _otherwise}
