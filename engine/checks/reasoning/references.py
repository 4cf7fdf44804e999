"""Which field an expression speaks of, and what it compares it with."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.checks.reasoning.domains import Value, is_day, of_day
from engine.model import Field

Scope = Mapping[str, Field]

OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
OPPOSITE = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "in": "not in",
    "not in": "in",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """`field operator values`; several values for `in` and `not in`. `counted`: it is len(field) that is compared."""

    field: Field
    operator: str
    values: tuple[Value, ...]
    counted: bool = False


def field_of(node: ast.expr, scope: Scope) -> Field | None:
    """The field that a name or `d.sex` stands for."""
    if isinstance(node, ast.Name):
        return scope.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = field_of(node.value, scope)
        return None if owner is None else next((one for one in owner.properties if one.id == node.attr), None)
    return None


def pairs(node: ast.Compare, scope: Scope) -> Iterator[Comparison]:
    """The links of one comparison (`1 < x <= 5` has two) that compare a field with constants."""
    left = node.left
    for operator, right in zip(node.ops, node.comparators, strict=True):
        found = _pair(left, OPERATORS.get(type(operator), "is"), right, scope)
        if found is not None:
            yield found
        left = right


def _pair(left: ast.expr, operator: str, right: ast.expr, scope: Scope) -> Comparison | None:
    for one, sign, other in ((left, operator, right), (right, TURNED.get(operator, ""), left)):
        field, counted = _subject(one, scope)
        values = _constants(other)
        if sign and field is not None and values is not None:
            return Comparison(field, sign, values if counted or not is_day(field) else _days(values), counted)
    return None


def _subject(node: ast.expr, scope: Scope) -> tuple[Field | None, bool]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
        return field_of(node.args[0], scope), True
    return field_of(node, scope), False


def _days(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Days that are written out; the expression compiled, so they are."""
    return tuple(of_day(date.fromisoformat(value)) if isinstance(value, str) else value for value in values)


def _constants(node: ast.expr) -> tuple[Value, ...] | None:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        inner = [_constants(item) for item in node.elts]
        return tuple(value for values in inner for value in values or ()) if all(inner) else None
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bool):
        return (node.value,)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float | Decimal):
        return (Decimal(str(node.value)),)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner_values = _constants(node.operand)
        if inner_values and isinstance(inner_values[0], Decimal):
            return (-inner_values[0],)
    return None
