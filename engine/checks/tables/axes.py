"""What an answer on an axis of a table may be, and whether two axes say things about the same answers."""

import ast
from datetime import date
from decimal import Decimal
from typing import Any

from engine.checks.reasoning.below import below_names
from engine.checks.reasoning.domains import is_day, of_field
from engine.checks.reasoning.references import field_of
from engine.checks.subject import Subject
from engine.model import Field
from engine.tables import Axis, Band, Table
from engine.tables.pieces import Limits

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
    """The same limits that conditions are held against; days are days again."""
    domain = of_field(field)
    back = _day if is_day(field) else Decimal
    low, high = (None if limit is None else back(limit) for limit in (domain.low, domain.high))
    return Limits(band=Band(low, high, domain.low_open, domain.high_open), whole=domain.whole)


def _day(number: Decimal) -> date:
    return date.fromordinal(int(number))


def _of_call(tree: ast.expr) -> Limits:
    name = tree.func.id if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) else ""
    if name in COUNTS:
        return Limits(band=NOT_NEGATIVE, whole=True)
    return Limits(whole=name in WHOLE)


def independent(table: Table, subject: Subject) -> bool:
    """Whether no two axes rest on the same answer: otherwise not every combination can come up."""
    below = [below_names(axis.value.syntax.tree, subject.procedure.named) for axis in table.axes]
    return sum(map(len, below)) == len(frozenset().union(*below))
