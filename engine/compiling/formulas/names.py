"""Which names an expression may use at a point of the procedure, and why another may not."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.expressions import Type

BUILT_IN = frozenset({"today"})


@dataclass(slots=True)
class Names:
    """What is visible at one point: the answers above it, and inside a list or an object those of the same item.

    `later` maps names that are asked further down, `inside` names that exist only in the items of a list, each to the
    path of the field; `broken` are names whose own field could not be compiled: what refers to them is not judged.
    """

    types: dict[str, Type] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def see(self, name: str, type: Type | None) -> None:
        """From here on `name` can be used; without a type it is broken."""
        self.later.pop(name, None)
        if type is None:
            self.types.pop(name, None)
            self.broken.add(name)
        else:
            self.types[name] = type
            self.broken.discard(name)

    def within(self, siblings: Iterable[str], path: str) -> "Names":
        """What is visible inside an item or an object: all of this, and the siblings as they are read."""
        inner = Names(dict(self.types), dict(self.later), dict(self.inside), set(self.broken))
        for name in siblings:
            inner.types.pop(name, None)
            inner.inside.pop(name, None)
            inner.later[name] = f"{path}.{name}"
        return inner


def free_names(text: str) -> dict[str, int]:
    """The names an expression uses but does not bind, with their offset; empty where it cannot be parsed."""
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in bound and node.id not in called:
            found.setdefault(node.id, _characters(text, node.lineno, node.col_offset))
    return found


def _characters(text: str, line: int, octets: int) -> int:
    """`ast` counts columns in UTF-8 bytes of a line; we count characters of the whole."""
    lines = text.split("\n")
    before = sum(len(other) + 1 for other in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:octets].decode())
