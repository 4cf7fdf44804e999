"""The cells of a row, each judged by the type of its axis."""

from typing import Any

from engine.compiling.tables import codes
from engine.compiling.tables.values import of_scalar
from engine.expressions import Type
from engine.expressions.errors import named
from engine.language.tables import BAND
from engine.problems import Report, Suggestion
from engine.source import MappingNode, Node, SequenceNode
from engine.tables import Band, Cell, Not, OneOf

NOT = "not"
ENOUGH = 60
RANGED = frozenset({"number", "date"})
FORMS = {
    "ja": "値、値の並び、{not: …}",
    "en": "a value, a list of values, {not: …}",
}
FORMS_WITH_BANDS = {
    "ja": "値、値の並び、{from・above・up_to・below: 値}、{not: …}",
    "en": "a value, a list of values, {from, above, up_to, below: value}, {not: …}",
}


class _Unfit(Exception):
    """What is written at a node is no cell of this axis."""

    def __init__(self, node: Node, written: str, advice: Any) -> None:
        self.node, self.written, self.advice = node, written, advice
        super().__init__(written)


def cell(node: Node, axis: Type, path: str, report: Report) -> Cell | None:
    """The cell, or None with a problem."""
    try:
        if isinstance(node, MappingNode) and node.pairs.keys() == {NOT}:
            return Not(_plain(node.pairs[NOT].value, axis))
        return _plain(node, axis)
    except _Unfit as unfit:
        found = named(axis)
        report.add(codes.CELL, unfit.node, path, written=unfit.written, type=found, advice=unfit.advice)
        return None


def _plain(node: Node, axis: Type) -> OneOf | Band:
    if isinstance(node, MappingNode):
        return _band(node, axis)
    items = node.items if isinstance(node, SequenceNode) else [node]
    if not items:
        raise _unfit(node, axis)
    return OneOf(tuple(dict.fromkeys(_value(item, axis) for item in items)))


def _band(node: MappingNode, axis: Type) -> Band:
    if axis.kind not in RANGED or not node.pairs or not node.pairs.keys() <= set(BAND):
        raise _unfit(node, axis)
    if {"from", "above"} <= node.pairs.keys() or {"up_to", "below"} <= node.pairs.keys():
        raise _unfit(node, axis)
    limits = {name: _value(pair.value, axis) for name, pair in node.pairs.items()}
    return Band(
        low=limits.get("from", limits.get("above")),
        high=limits.get("up_to", limits.get("below")),
        low_open="above" in limits,
        high_open="below" in limits,
    )


def _value(node: Node, axis: Type) -> Any:
    try:
        value = of_scalar(node, axis.kind)
    except ValueError:
        raise _unfit(node, axis) from None
    if axis.options and value not in axis.options:
        raise _Unfit(node, str(value), Suggestion.among(str(value), map(str, axis.options)))
    return value


def _unfit(node: Node, axis: Type) -> _Unfit:
    written = shortened(str(node.plain()))
    forms = FORMS_WITH_BANDS if axis.kind in RANGED else FORMS
    return _Unfit(node, written, forms)


def shortened(text: str) -> str:
    """As much of it as one needs to recognise it."""
    return text if len(text) <= ENOUGH else text[:ENOUGH] + "…"
