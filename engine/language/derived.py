"""A value that follows from the answers: an expression, or a table."""

from dataclasses import dataclass, field
from typing import Any

from engine.language import codes
from engine.language.kinds import Definitions, Doc, Formula, Key, Kind, Record
from engine.language.tables import TABLE
from engine.problems import Report
from engine.source import MappingNode, Node

DERIVED_KEYS = {
    "value": Key(Formula(), Doc("値の式", "The expression of its value")),
    "table": Key(TABLE, Doc("値の表", "The table of its value")),
}


@dataclass(frozen=True)
class Derived:
    """A plain value of the kind `plain`, or a mapping with `value` or `table` and the keys of `more`."""

    name: str
    plain: Kind
    doc: Doc
    more: dict[str, Key] = field(default_factory=dict)

    @property
    def record(self) -> Record:
        """The mapping."""
        return Record(self.name, {**self.more, **DERIVED_KEYS}, self.doc)

    def read(self, node: Node, path: str, report: Report) -> Any:
        """What the plain kind reads, or a `Part`."""
        if not isinstance(node, MappingNode):
            return self.plain.read(node, path, report)
        part = self.record.read(node, path, report)
        if len(DERIVED_KEYS.keys() & node.pairs.keys()) != 1:
            report.add(codes.VALUE_OR_TABLE, node, path)
        return part

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """Either."""
        either = {"oneOf": [{"required": [key]} for key in DERIVED_KEYS]}
        return {"anyOf": [self.plain.schema(definitions), {"allOf": [self.record.schema(definitions), either]}]}
