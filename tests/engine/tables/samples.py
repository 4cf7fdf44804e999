"""Tables for tests: a procedure whose calculated value `it` is the table, and everything its answers can be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from engine.compiling import Compiled
from engine.expressions import Scope
from engine.model import Procedure
from engine.tables import Table
from tests.engine.language.specs import compiled

TODAY = date(2026, 5, 1)
FIELDS = (
    "trade: {type: choice, title: 業種, options: {restaurant: 飲食店, cafe: 喫茶店, bar: 酒場}}",
    "area: {type: integer, title: 面積, minimum: 0, maximum: 4}",
    "wet: {type: boolean, title: 水}",
    "size: {type: number, title: 大きさ}",
    "day: {type: date, title: 日}",
    "memo: {type: text, title: メモ}",
)
TRADES = ("restaurant", "cafe", "bar")
Row = Mapping[str, Any]


def compile_table(rows: Sequence[Row], on: Any = ("trade", "area", "wet"), **more: Any) -> Compiled:
    """What comes of a table, written as JSON, which is YAML."""
    table = {"on": on, "rows": list(rows), **more}
    value = json.dumps({"table": table}, ensure_ascii=False)
    return compiled(*FIELDS, more=f"calculated:\n  it: {value}\n")


def procedure_of(rows: Sequence[Row], on: Any = ("trade", "area", "wet"), **more: Any) -> Procedure:
    """The procedure; the table must have no errors."""
    found = compile_table(rows, on, **more)
    assert found.procedure is not None, [problem.render("en") for problem in found.problems]
    return found.procedure


def table_of(rows: Sequence[Row], on: Any = ("trade", "area", "wet"), **more: Any) -> Table:
    """The table alone."""
    found = procedure_of(rows, on, **more).calculated["it"].value
    assert isinstance(found, Table)
    return found


def worth(table: Table, **answers: Any) -> Any:
    """What the table gives for answers; numbers may be ints."""
    known = {name: Decimal(value) if type(value) in {int, float} else value for name, value in answers.items()}
    return table.evaluate(Scope(known, TODAY))


def every_answer() -> Iterator[dict[str, Any]]:
    """All answers to the fields with few answers."""
    for trade, area, wet in product(TRADES, range(5), (True, False)):
        yield {"trade": trade, "area": area, "wet": wet}


def fits(cell: Any, value: Any) -> bool:
    """What a cell means, said once more and plainly."""
    if isinstance(cell, Mapping):
        if "not" in cell:
            return not fits(cell["not"], value)
        tests = {
            "from": lambda limit: value >= limit,
            "above": lambda limit: value > limit,
            "up_to": lambda limit: value <= limit,
            "below": lambda limit: value < limit,
        }
        return all(tests[name](limit) for name, limit in cell.items())
    return value in cell if isinstance(cell, list | tuple) else value == cell


def matching(rows: Sequence[Row], answers: Mapping[str, Any]) -> list[int]:
    """The places of the rows that match."""
    return [
        index
        for index, row in enumerate(rows)
        if all(fits(cell, answers[name]) for name, cell in row.items() if name != "give")
    ]
