"""Lists of one kind, and maps from names to one kind."""

from dataclasses import dataclass
from typing import Any

from engine.language import codes
from engine.language.kinds.base import WRONG, Definitions, Doc, Kind, wrong_type
from engine.language.kinds.scalars import Name
from engine.problems import Report
from engine.source import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `least` items at least, each only once where they are scalars and `unique`."""

    kind: Kind
    least: int = 0
    unique: bool = False

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A tuple of what could be read; wrong items are reported and left out."""
        if not isinstance(node, SequenceNode):
            return wrong_type(
                node, path, report, Doc("並び（[…] または - で始まる行）", "a list ([…] or lines with -)")
            )
        if len(node.items) < self.least:
            report.add(codes.EMPTY, node, path)
            return WRONG
        if self.unique:
            refuse_repeated(node, path, report)
        values = [self.kind.read(item, f"{path}.{index}", report) for index, item in enumerate(node.items)]
        return tuple(value for value in values if value is not WRONG)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An array."""
        limits: dict[str, Any] = {"minItems": self.least} if self.least else {}
        if self.unique:
            limits["uniqueItems"] = True
        return {"type": "array", "items": self.kind.schema(definitions), **limits}


def refuse_repeated(node: SequenceNode, path: str, report: Report) -> None:
    """Report each scalar that stood in the list before, however it was quoted."""
    seen: set[str] = set()
    for index, item in enumerate(node.items):
        if isinstance(item, ScalarNode):
            if item.text in seen:
                report.add(codes.REPEATED, item, f"{path}.{index}", value=item.text)
            seen.add(item.text)


@dataclass(frozen=True, slots=True)
class MapOf:
    """A map whose keys are names the author chooses, in the author's order."""

    kind: Kind
    name: Name
    least: int = 0

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A dictionary of what could be read; wrong entries are reported and left out."""
        if not isinstance(node, MappingNode):
            return wrong_type(node, path, report, Doc("「名前: 内容」のまとまり", "a mapping of names"))
        if len(node.pairs) < self.least:
            report.add(codes.EMPTY, node, path)
            return WRONG
        values = {}
        for name, pair in node.pairs.items():
            entry = f"{path}.{name}" if path else name
            if not self.name.accept(pair.key, entry, report):
                continue
            value = self.kind.read(pair.value, entry, report)
            if value is not WRONG:
                values[name] = value
        return values

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """An object whose property names have a form."""
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{self.name.form})$"},
            "additionalProperties": self.kind.schema(definitions),
            **({"minProperties": self.least} if self.least else {}),
        }
