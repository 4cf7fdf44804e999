"""How large and how deep a value is when it is written, as the reader of specs counts."""

from collections.abc import Mapping
from typing import Any


def nodes(value: Any) -> int:
    """Keys, values, lists and mappings, each one."""
    if isinstance(value, Mapping):
        return 1 + sum(1 + nodes(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return 1 + sum(map(nodes, value))
    return 1


def depth(value: Any) -> int:
    """Levels of lists and mappings; a single value has none."""
    if isinstance(value, Mapping):
        return 1 + max(map(depth, value.values()), default=0)
    if isinstance(value, list | tuple):
        return 1 + max(map(depth, value), default=0)
    return 0
