"""A table of amounts: axes as in every decision table, and rows that give yen."""

from dataclasses import dataclass
from typing import Any

from engine.language.kinds import WRONG, Choice, Definitions, Doc, Key, Kind, ListOf, Part, Record
from engine.language.kinds.base import wrong_type
from engine.language.procedure.money.amounts import TARIFF_NAME, YEN
from engine.language.tables import ANY_CELL, Axes, RowSource
from engine.problems import Report
from engine.source import MappingNode, Node

PRICES: dict[str, Kind] = {"yen": YEN, "tariff": TARIFF_NAME}
EXPECTED = Doc("表の行（{軸: 値, yen: 額}）", "a row ({axis: value, yen: amount})")


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A row before it is compiled: its cells, and the part that holds its amount."""

    cells: RowSource
    price: Part


@dataclass(frozen=True, slots=True)
class AmountRowShape:
    """A row: cells by axis, and `yen` or a `tariff`."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """An `AmountRow`."""
        if not isinstance(node, MappingNode):
            return wrong_type(node, path, report, EXPECTED)
        price = Part(node, path, {})
        for key, kind in PRICES.items():
            written = node.get(key)
            value = WRONG if written is None else kind.read(written, f"{path}.{key}", report)
            if value is not WRONG:
                price.values[key] = value
        cells = {name: pair.value for name, pair in node.pairs.items() if name not in PRICES}
        return AmountRow(RowSource(node, path, cells, None, None), price)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An object with one of the two, and any axes."""
        definitions.setdefault("cell", ANY_CELL)
        return {
            "type": "object",
            "properties": {key: kind.schema(definitions) for key, kind in PRICES.items()},
            "oneOf": [{"required": [key]} for key in PRICES],
            "additionalProperties": {"$ref": "#/$defs/cell"},
        }


AMOUNT_TABLE = Record(
    "amount_table",
    {
        "on": Key(
            Axes(), Doc("表の軸（名前、または 名前: 式）", "The axes: names, or name: expression"), required=True
        ),
        "hit": Key(
            Choice(("unique", "first", "narrowest")),
            Doc("行の選び方（書かなければ unique）", "How the row is chosen; unique where it is not written"),
        ),
        "rows": Key(
            ListOf(AmountRowShape(), least=1),
            Doc("行（軸の値と yen か tariff）", "The rows: cells by axis, and yen or a tariff"),
            required=True,
        ),
        "otherwise": Key(AmountRowShape(), Doc("どの行にも当てはまらないとき", "Where no row matches")),
    },
    Doc("額の表", "A table of amounts"),
)
