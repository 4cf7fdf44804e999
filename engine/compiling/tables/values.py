"""Values written out in a table, as expressions know them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.expressions import ANYTHING, BOOLEAN, DATE, NUMBER, TEXT, Type, record
from engine.source import MappingNode, Node, ScalarNode


def of_scalar(node: Node, kind: str) -> Any:
    """The value of `kind` (number, text, date, boolean); ValueError where it is written otherwise."""
    if isinstance(node, ScalarNode) and node.value is not None:
        if kind == "number" and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return number(node)
        if kind == "boolean" and isinstance(node.value, bool):
            return node.value
        if kind == "date" and isinstance(node.value, str):
            return date.fromisoformat(node.text)
        if kind == "text" and isinstance(node.value, str):
            return node.text
    raise ValueError(kind)


def number(node: ScalarNode) -> Decimal:
    """As it was written, exactly."""
    try:
        return Decimal(node.text) if isinstance(node.value, float) else Decimal(str(node.value))
    except InvalidOperation:
        return Decimal(str(node.value))


def type_of(node: Node) -> Type:
    """The type of an output that is written out: a scalar, or a mapping of scalars."""
    if isinstance(node, MappingNode):
        return record({name: type_of(pair.value) for name, pair in node.pairs.items()})
    if not isinstance(node, ScalarNode):
        return ANYTHING
    match node.value:
        case bool():
            return BOOLEAN
        case int() | float():
            return NUMBER
        case str():
            return DATE if _is_day(node.text) else TEXT
    return ANYTHING


def value_of(node: Node, type: Type) -> Any:
    """An output that is written out as a value of `type`, which it has."""
    if isinstance(node, MappingNode):
        return {name: value_of(pair.value, type.properties[name]) for name, pair in node.pairs.items()}
    return of_scalar(node, type.kind)


def fits(found: Type, wanted: Type) -> bool:
    """Whether an output of a row is of the type of the others; a day can also be meant as text."""
    if found.kind == wanted.kind == "record":
        same = found.properties.keys() == wanted.properties.keys()
        return same and all(fits(type, wanted.properties[name]) for name, type in found.properties.items())
    return found.fits(wanted) or (found == DATE and wanted.kind == "text")


def together(types: Sequence[Type]) -> Type:
    """The type of several outputs: that of the first; of days that stand among texts, that of the texts."""
    first = next((type for type in types if type.kind == "text"), types[0]) if types[0] == DATE else types[0]
    if first.kind != "record":
        return first
    parts = [
        type.properties for type in types if type.kind == "record" and type.properties.keys() == first.properties.keys()
    ]
    return record({name: together([part[name] for part in parts]) for name in first.properties})


def _is_day(text: str) -> bool:
    try:
        return len(text) == len("2026-04-01") and date.fromisoformat(text) is not None
    except ValueError:
        return False
