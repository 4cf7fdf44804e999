"""Which names an expression may use at a point of the procedure, and why another may not."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from engine.expressions import ExpressionError, Type, naming
from engine.expressions.syntax import read

BUILT_IN = frozenset({"today"})
FIRST_FUNCTIONS = frozenset(
    {"all", "answered", "any", "count", "len", "max", "min", "sum"}
    | {"per", "round_down", "round_half_up", "round_up"}
    | {"add_days", "add_months", "age_on", "business_days", "days_between"}
)
RESERVED = BUILT_IN | FIRST_FUNCTIONS | {"True", "False", "None"}
"""The words of the language that name nothing else.

Functions that came later are not among them: a field of a published procedure may be called like one, and a name is
never taken for a call.
"""


@dataclass(frozen=True, slots=True)
class Inside:
    """A field of an item or an object: its path, and an expression that reaches it from outside."""

    path: str
    usage: str


@dataclass(slots=True)
class Names:
    """What is visible at one point: the answers above it, and inside a list or an object those of the same item.

    `later` maps names that are asked further down to the path of the field, `inside` names that exist only in lists and
    objects to the way they are reached; `broken` are names whose field did not compile: what refers to them is not
    judged.
    """

    types: dict[str, Type] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    inside: dict[str, Inside] = field(default_factory=dict)
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


@lru_cache(maxsize=4096)
def free_names(text: str) -> Mapping[str, int]:
    """The names an expression uses but does not bind, with their offset; empty where it cannot be parsed."""
    try:
        source = read(text)
    except ExpressionError:
        return MappingProxyType({})
    wanted = naming.free_names(source.tree)
    found: dict[str, int] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id in wanted:
            found.setdefault(node.id, source.offset(node))
    return MappingProxyType(found)
