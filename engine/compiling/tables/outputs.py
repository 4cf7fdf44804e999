"""What the rows of a table give: all of one type, written out or calculated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.compiling.formulas import Formulas
from engine.compiling.tables import codes
from engine.compiling.tables.values import fits, together, type_of, value_of
from engine.expressions import ANYTHING, Expression, Type
from engine.expressions.errors import named
from engine.language.tables import GIVE, RowSource
from engine.source import Node


@dataclass(frozen=True, slots=True)
class Output:
    """What one row gives, before it is known of which type all of them are."""

    row: RowSource
    node: Node
    type: Type
    calculated: Expression | None = None

    def value(self, type: Type) -> Any:
        """The value, or the expression of it."""
        return value_of(self.node, type) if self.calculated is None else self.calculated


def output(row: RowSource, formulas: Formulas) -> Output | None:
    """The output of a row, or None with a problem."""
    if (row.give is None) == (row.calculate is None):
        formulas.report.add(codes.ROW_RESULT, row.node, row.path)
        return None
    if row.calculate is not None:
        expression = formulas.compile(row.calculate)
        return None if expression is None else Output(row, row.node, expression.type, expression)
    assert row.give is not None  # noqa: S101 - one of the two is there
    type = type_of(row.give)
    if type == ANYTHING or ANYTHING in type.properties.values():
        formulas.report.add(codes.ROW_RESULT, row.give, f"{row.path}.{GIVE}")
        return None
    return Output(row, row.give, type)


def common_type(outputs: Sequence[Output], formulas: Formulas) -> Type | None:
    """The type of them all; None with a problem at the first that differs."""
    calculated = [output.type for output in outputs if output.calculated is not None]
    type = together(
        [Type(one.kind, item=one.item, properties=one.properties) for one in calculated]
        or [output.type for output in outputs]
    )
    for output in outputs:
        if not fits(output.type, type) or (output.calculated is not None and output.type.kind != type.kind):
            found, expected = named(output.type), named(type)
            formulas.report.add(codes.OUTPUT, output.node, output.row.path, found=found, expected=expected)
            return None
    if type.kind == "text" and not calculated:
        return Type("text", options=tuple(dict.fromkeys(output.value(type) for output in outputs)))
    return type
