"""What every function declares: its arguments, its result, how to use it, what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.scope import UNKNOWN
from engine.expressions.types import Kind, Type

Result = Callable[[tuple[Type, ...]], Type]


@dataclass(frozen=True, slots=True)
class Function:
    """One function. `wanted` are the types of its arguments, the last `optional` of which may be left out.

    `result` gives the type of the result from those of the arguments. `kinds` narrows what its first argument may be.
    `several`: it takes one list, or any number of arguments of the item's type, and `kinds` are those of the items.
    `said` names its wording in the catalogue area `explain`, with {a}, {b} for the arguments; `said_short` is without
    the optional one. An argument that is unknown makes the result unknown, unless it `minds_silence`; lists are handed
    over with their unknowns.
    """

    name: str
    usage: str
    doc: Mapping[str, str]
    wanted: tuple[Type, ...]
    result: Result
    calculate: Callable[..., Any]
    said: str
    said_short: str = ""
    optional: int = 0
    kinds: frozenset[Kind] = frozenset()
    several: bool = False
    minds_silence: bool = False

    def call(self, values: list[Any]) -> Any:
        """The result for evaluated arguments."""
        if not self.minds_silence and any(value is UNKNOWN for value in values):
            return UNKNOWN
        return self.calculate(*values)


def always(type: Type) -> Result:
    """The same type whatever the arguments are."""
    return lambda _: type
