"""A single value, or something put together, whichever the author wrote."""

from dataclasses import dataclass
from typing import Any

from engine.language.kinds.base import Definitions, Kind
from engine.problems import Report
from engine.source import Node, ScalarNode


@dataclass(frozen=True, slots=True)
class Either:
    """`plain` reads a single value, `composed` a list or a mapping."""

    plain: Kind
    composed: Kind

    def read(self, node: Node, path: str, report: Report) -> Any:
        """What the one that fits reads."""
        kind = self.plain if isinstance(node, ScalarNode) else self.composed
        return kind.read(node, path, report)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """One of the two."""
        return {"anyOf": [self.plain.schema(definitions), self.composed.schema(definitions)]}
