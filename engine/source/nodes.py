"""The nodes of a YAML document, each with its line and column (from 1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class ScalarNode:
    """A scalar: `value` after the YAML 1.2 core rules (str, int, float, bool or None), `text` as written."""

    value: str | int | float | bool | None
    text: str
    line: int
    col: int
    style: str | None = None  # None: plain; otherwise one of ' " | >

    def plain(self) -> Any:
        """The value as JSON has it."""
        return self.value


@dataclass(slots=True)
class Pair:
    """One entry of a mapping; the key keeps its own position."""

    key: ScalarNode
    value: Node


@dataclass(slots=True)
class MappingNode:
    """A mapping. Keys are always text: JSON knows no other."""

    line: int
    col: int
    pairs: dict[str, Pair] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """The value under `key`."""
        pair = self.pairs.get(key)
        return pair.value if pair else None

    def plain(self) -> Any:
        """A dictionary of plain values."""
        return {key: pair.value.plain() for key, pair in self.pairs.items()}


@dataclass(slots=True)
class SequenceNode:
    """A list."""

    line: int
    col: int
    items: list[Node] = field(default_factory=list)

    def plain(self) -> Any:
        """A list of plain values."""
        return [item.plain() for item in self.items]


Node = ScalarNode | MappingNode | SequenceNode


def find(root: Node, path: tuple[str | int, ...]) -> Node:
    """The node at `path`, or the deepest one on the way to it: where a problem about it is shown."""
    node = root
    for key in path:
        if isinstance(node, MappingNode) and isinstance(key, str) and key in node.pairs:
            node = node.pairs[key].value
        elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
        else:
            break
    return node
