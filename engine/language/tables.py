"""The shape of a decision table: its axes, its hit policy, its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.language.kinds import (
    WRONG,
    AnyValue,
    Choice,
    Definitions,
    Doc,
    Formula,
    FormulaSource,
    Key,
    ListOf,
    MapOf,
    Record,
)
from engine.language.kinds.base import wrong_type
from engine.language.names import IDENTIFIER
from engine.problems import Report
from engine.source import MappingNode, Node, ScalarNode, SequenceNode
from engine.tables import HITS

GIVE, CALCULATE = "give", "calculate"
BAND = ("from", "above", "up_to", "below")
ANY_CELL = {
    "description": "値、値の並び、範囲（from・above・up_to・below）、または not。\n\n"
    "A value, a list of values, a band (from, above, up_to, below), or not."
}


@dataclass(frozen=True, slots=True)
class Axes:
    """`on`: names of fields and calculated values, or axis names with their expressions."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A mapping of axis names to `FormulaSource`."""
        if not isinstance(node, SequenceNode):
            return MapOf(Formula(), IDENTIFIER, least=1).read(node, path, report)
        names = ListOf(IDENTIFIER, least=1, unique=True).read(node, path, report)
        if names is WRONG:
            return WRONG
        places = [(index, item) for index, item in enumerate(node.items) if isinstance(item, ScalarNode)]
        return {
            item.text: FormulaSource(item.text, item.line, item.col, f"{path}.{index}", exact=True)
            for index, item in places
            if item.text in names
        }

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A list or a map."""
        named = MapOf(Formula(), IDENTIFIER, least=1).schema(definitions)
        return {"anyOf": [ListOf(IDENTIFIER, least=1, unique=True).schema(definitions), named]}


@dataclass(frozen=True, slots=True)
class RowSource:
    """A row before it is compiled; its cells are judged when the axes have types."""

    node: MappingNode
    path: str
    cells: Mapping[str, Node]
    give: Node | None
    calculate: FormulaSource | None


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row: cells by axis, and what it gives or calculates."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A `RowSource`."""
        if not isinstance(node, MappingNode):
            return wrong_type(
                node, path, report, Doc("表の行（{軸: 値, give: 結果}）", "a row ({axis: value, give: result})")
            )
        cells = {name: pair.value for name, pair in node.pairs.items() if name not in {GIVE, CALCULATE}}
        source = node.get(CALCULATE)
        formula = None if source is None else Formula().read(source, f"{path}.{CALCULATE}", report)
        return WRONG if formula is WRONG else RowSource(node, path, cells, node.get(GIVE), formula)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An object with one of the two, and any axes."""
        definitions.setdefault("cell", ANY_CELL)
        return {
            "type": "object",
            "properties": {GIVE: {}, CALCULATE: Formula().schema(definitions)},
            "oneOf": [{"required": [GIVE]}, {"required": [CALCULATE]}],
            "additionalProperties": {"$ref": "#/$defs/cell"},
        }


TABLE = Record(
    "table",
    {
        "on": Key(
            Axes(), Doc("表の軸（名前、または 名前: 式）", "The axes: names, or name: expression"), required=True
        ),
        "hit": Key(
            Choice(tuple(HITS)),
            Doc("行の選び方（書かなければ unique）", "How rows are chosen; unique where it is not written"),
        ),
        "order": Key(ListOf(AnyValue(), least=1), Doc("priority での値の順", "The order of values for priority")),
        "rows": Key(
            ListOf(RowShape(), least=1),
            Doc("行（軸の値と、give か calculate）", "The rows: cells by axis, and give or calculate"),
            required=True,
        ),
        "otherwise": Key(RowShape(), Doc("どの行にも当てはまらないとき", "Where no row matches")),
    },
    Doc("表", "A decision table"),
)
