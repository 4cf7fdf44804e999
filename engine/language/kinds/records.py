"""Mappings with known keys: what is required, what is unknown, what was probably meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.language import codes
from engine.language.kinds.base import WRONG, Definitions, Doc, Kind, wrong_type
from engine.problems import Place, Report, Suggestion
from engine.source import MappingNode, Node


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record."""

    kind: Kind
    doc: Doc
    required: bool = False


@dataclass(slots=True)
class Part:
    """A record that was read: the values that were right, and the node for the places of all."""

    node: MappingNode
    path: str
    values: dict[str, Any]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default` where it is missing or was wrong."""
        return self.values.get(key, default)

    def wrote(self, key: str) -> bool:
        """Whether the author wrote `key` at all, right or wrong."""
        return key in self.node.pairs

    def place(self, key: str) -> Place:
        """Where the value of `key` stands, or the record itself."""
        pair = self.node.pairs.get(key)
        return pair.value if pair else self.node

    def at(self, key: str) -> str:
        """The dotted path of `key`."""
        return f"{self.path}.{key}" if self.path else key


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys. `name` is its name among the definitions of the JSON Schema."""

    name: str
    keys: Mapping[str, Key]
    doc: Doc

    def read(self, node: Node, path: str, report: Report) -> Any:
        """A `Part`; every unknown, missing and wrong key is reported."""
        if not isinstance(node, MappingNode):
            names = ", ".join(self.keys)
            return wrong_type(
                node, path, report, Doc(f"次の項目のまとまり（{names}）", f"a mapping with the keys {names}")
            )
        part = Part(node, path, {})
        for name, pair in node.pairs.items():
            key = self.keys.get(name)
            if key is None:
                advice = Suggestion.among(name, self.keys)
                report.add(codes.UNKNOWN_KEY, pair.key, part.at(name), key=name, advice=advice)
                continue
            value = key.kind.read(pair.value, part.at(name), report)
            if value is not WRONG:
                part.values[name] = value
        self.require(part, report)
        return part

    def require(self, part: Part, report: Report) -> None:
        """Report each key that must be there and is not."""
        for name, key in self.keys.items():
            if key.required and name not in part.node.pairs:
                report.add(codes.MISSING_KEY, part.node, part.at(name), key=name, meaning=key.doc.by_language())

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A reference to the definition, which is an object with exactly these keys."""
        if self.name not in definitions:
            definitions[self.name] = {}  # holds the place: a record may contain itself
            definitions[self.name] = self.define(definitions)
        return {"$ref": f"#/$defs/{self.name}"}

    def define(self, definitions: Definitions) -> dict[str, Any]:
        """The object itself."""
        properties = {
            name: {"description": key.doc.both(), **key.kind.schema(definitions)} for name, key in self.keys.items()
        }
        required = [name for name, key in self.keys.items() if key.required]
        return {
            "description": self.doc.both(),
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }
