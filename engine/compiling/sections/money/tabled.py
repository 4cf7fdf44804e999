"""A line whose rate stands in a table."""

import ast
from dataclasses import replace

from engine.compiling.sections.money import codes
from engine.compiling.sections.money.source import Source, amounts
from engine.compiling.tables import build
from engine.expressions import Expression
from engine.fees.forms import Tabled
from engine.language.kinds import Part
from engine.language.procedure.money.tables import AmountRow
from engine.language.tables import RowSource
from engine.model import Text
from engine.model.prices import ALWAYS, Series
from engine.source import ScalarNode
from engine.tables import Table


def tabled(part: Part, count: Expression | None, source: Source) -> Tabled | None:
    """The price; None with a problem where the table or an amount in it is wrong."""
    written: Part | None = part.get("table")
    if written is None:
        return None
    rows: tuple[AmountRow, ...] = written.get("rows", ())
    default: AmountRow | None = written.get("otherwise")
    every = [*rows, *([default] if default else ())]
    rates = [_rates(row, part, source) for row in every]
    table = _table(written, rows, default, source)
    found = tuple(series for series in rates if series)
    if count is None or table is None or len(found) != len(every):
        return None

    def tell(asked: ast.expr) -> Text:
        return source.tell_condition(asked, table.types)

    return Tabled(table, found, count, tell)


def _rates(row: AmountRow, line: Part, source: Source) -> Series | None:
    if row.price.wrote("yen") == row.price.wrote("tariff"):
        source.report.add(codes.NO_PRICE, row.price.node, row.price.path, names="yen, tariff")
        return None
    return amounts(row.price, source, line.get("from", ALWAYS))


def _table(written: Part, rows: tuple[AmountRow, ...], default: AmountRow | None, source: Source) -> Table | None:
    """The same table with the place of each row for what it gives."""
    numbered: dict[str, object] = {"rows": tuple(_numbered(row, place) for place, row in enumerate(rows))}
    if default is not None:
        numbered["otherwise"] = _numbered(default, len(rows))
    return build(Part(written.node, written.path, {**written.values, **numbered}), source.formulas)


def _numbered(row: AmountRow, place: int) -> RowSource:
    return replace(row.cells, give=ScalarNode(place, str(place), row.cells.node.line, row.cells.node.col))
