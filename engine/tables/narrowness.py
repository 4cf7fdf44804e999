"""Which rows are narrower than others: every answer that a narrower one matches, the wider one matches too."""

from collections.abc import Sequence

from engine.tables.cells import Band, Cell, Not, OneOf
from engine.tables.pieces import meet, sample_of
from engine.tables.table import Row


def narrowest_first(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, each before all that are wider; otherwise in their order."""
    wider = {row.index: sum(is_within(row, other) for other in rows) for row in rows}
    return tuple(sorted(rows, key=lambda row: -wider[row.index]))


def is_within(inner: Row, outer: Row) -> bool:
    """Whether `outer` matches whatever `inner` matches, as far as the cells alone show."""
    return all(place in inner.cells and _cell_within(inner.cells[place], cell) for place, cell in outer.cells.items())


def _cell_within(inner: Cell, outer: Cell) -> bool:
    if inner == outer:
        return True
    if isinstance(inner, OneOf):
        return all(outer.holds(value) for value in inner.values)
    if isinstance(inner, Band) and isinstance(outer, Band):
        return _not_below(inner, outer) and _not_above(inner, outer)
    if isinstance(inner, Not) and isinstance(outer, Not):
        return _cell_within(outer.inner, inner.inner)
    return isinstance(inner, Band) and isinstance(outer, Not) and _apart(inner, outer.inner)


def _apart(band: Band, other: OneOf | Band) -> bool:
    """Whether no value is in both."""
    if isinstance(other, OneOf):
        return not any(map(band.holds, other.values))
    return sample_of(meet(band, other), whole=False) is None


def _not_below(inner: Band, outer: Band) -> bool:
    if outer.low is None or inner.low is None:
        return outer.low is None
    return bool(inner.low > outer.low or (inner.low == outer.low and (inner.low_open or not outer.low_open)))


def _not_above(inner: Band, outer: Band) -> bool:
    if outer.high is None or inner.high is None:
        return outer.high is None
    return bool(inner.high < outer.high or (inner.high == outer.high and (inner.high_open or not outer.high_open)))
