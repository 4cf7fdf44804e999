"""What an answer on an axis of a table may be, and whether two axes say things about the same answers."""

import ast
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from engine.checks.reasoning.references import field_of
from engine.checks.subject import Subject
from engine.expressions import Scope
from engine.expressions.naming import free_names
from engine.model import Calculated, Field
from engine.tables import Axis, Band, Table
from engine.tables.pieces import Limits, meet

COUNTS = frozenset({"len", "count"})
WHOLE = frozenset({"age_on", "days_between", "business_days", "per"})
NOT_NEGATIVE = Band(low=Decimal(0))


def limits_of(axis: Axis, subject: Subject) -> Limits:
    """What the axis may be, as far as fields, options and limits tell."""
    tree, type = axis.value.syntax.tree, axis.value.type
    field = field_of(tree, subject.top)
    if field is not None and field.options:
        return Limits(values=tuple(_value(option.value) for option in field.options))
    if type.kind == "boolean":
        return Limits(values=(True, False))
    outputs = _outputs(tree, subject)
    if outputs is not None:
        return Limits(values=outputs)
    if type.options:
        return Limits(values=tuple(_value(option) for option in type.options))
    if type.kind == "text":
        return Limits(texts=True)
    return _of_field(field) if field is not None else _of_call(tree)


def _value(option: Any) -> Any:
    return Decimal(option) if isinstance(option, int) and not isinstance(option, bool) else option


def _outputs(tree: ast.expr, subject: Subject) -> tuple[Any, ...] | None:
    """The values that a table of that name can give, where all of them are written out."""
    named = subject.procedure.calculated.get(tree.id) if isinstance(tree, ast.Name) else None
    return named.value.outputs() if named is not None and isinstance(named.value, Table) else None


def _of_field(field: Field) -> Limits:
    whole = field.schema.get("type") == "integer"
    least, most = _limit(field, "minimum"), _limit(field, "maximum")
    above, below = _limit(field, "exclusiveMinimum"), _limit(field, "exclusiveMaximum")
    band = meet(Band(least, most), Band(above, below, above is not None, below is not None))
    return Limits(band=band, whole=whole)


def _limit(field: Field, keyword: str) -> Decimal | date | None:
    """A number of the schema, or a limit that is a day written out; others move, so they are none."""
    limit = field.schema.get(keyword)
    if isinstance(limit, int | float) and not isinstance(limit, bool):
        return Decimal(str(limit))
    expression = field.limits.get(keyword)
    if expression is None or not isinstance(expression.syntax.tree, ast.Constant):
        return None
    found: Decimal | date = expression.evaluate(Scope({}, date.min))  # a constant needs no answers
    return found


def _of_call(tree: ast.expr) -> Limits:
    name = tree.func.id if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) else ""
    if name in COUNTS:
        return Limits(band=NOT_NEGATIVE, whole=True)
    return Limits(whole=name in WHOLE)


def independent(table: Table, subject: Subject) -> bool:
    """Whether no two axes rest on the same answer: otherwise not every combination can come up."""
    below = [frozenset(_below(free_names(axis.value.syntax.tree), subject)) for axis in table.axes]
    return sum(map(len, below)) == len(frozenset().union(*below))


def _below(names: frozenset[str], subject: Subject) -> Iterator[str]:
    """The fields under `names`, conditions and calculated values followed, and `today`."""
    for name in names:
        named = subject.procedure.named.get(name)
        value = named.value if isinstance(named, Calculated) else named
        expressions = value.expressions() if isinstance(value, Table) else [value]
        for expression in expressions:
            if expression is None:
                yield name
            else:
                yield from _below(free_names(expression.syntax.tree), subject)
