"""Expressions as they stand in the source, with their place; they are compiled once all names are known."""

from dataclasses import dataclass
from typing import Any

from engine.language import codes
from engine.language.kinds.base import WRONG, Definitions, Doc, wrong_type
from engine.problems import Report, Spot
from engine.source import Node, ScalarNode

CONSTANTS = {True: "True", False: "False"}


@dataclass(frozen=True, slots=True)
class FormulaSource:
    """An expression before it is compiled."""

    text: str
    line: int
    col: int
    path: str
    exact: bool  # whether a character's offset in `text` is its offset in the source line

    def spot(self, offset: int) -> Spot:
        """Where the character at `offset` stands in the file."""
        return Spot(self.line, self.col + offset) if self.exact else Spot(self.line, self.col)


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression."""

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A `FormulaSource`."""
        if not isinstance(node, ScalarNode) or node.value is None:
            return wrong_type(node, path, report, Doc("式（例: len(dogs) > 1）", "an expression (len(dogs) > 1)"))
        if not node.text.strip():
            report.add(codes.EMPTY, node, path)
            return WRONG
        text = CONSTANTS[node.value] if isinstance(node.value, bool) else " ".join(node.text.split("\n")).strip()
        quoted = node.style in {"'", '"'}
        exact = "\n" not in node.text and (not node.style or (quoted and not set(text) & {"\\", '"', "'"}))
        lead = 1 + len(node.text) - len(node.text.lstrip()) if quoted and exact else 0
        return FormulaSource(text, node.line, node.col + lead, path, exact)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A string; a bare number or truth value is an expression too."""
        definitions.setdefault(
            "expression",
            {
                "description": "式。項目、conditions、today が使えます。\n\n"
                "An expression over fields, conditions and today.",
                "type": ["string", "number", "boolean"],
            },
        )
        return {"$ref": "#/$defs/expression"}
