"""What every function declares: its arguments, its result, how to use it, what it means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.expressions.scope import UNKNOWN
from engine.expressions.types import Type

Result = Callable[[tuple[Type, ...]], Type]


@dataclass(frozen=True, slots=True)
class Function:
    """One function. `wanted` are the types of its arguments, the last `optional` of which may be left out.

    `result` gives the type of the result from those of the arguments. `accepts_unknown`: it is called although an
    argument is unknown. `several`: one list, or any number of arguments of the item's type.
    """

    name: str
    usage: str
    doc: Mapping[str, str]
    wanted: tuple[Type, ...]
    result: Result
    calculate: Callable[..., Any]
    optional: int = 0
    accepts_unknown: bool = False
    several: bool = False

    def call(self, values: list[Any]) -> Any:
        """The result for evaluated arguments."""
        if not self.accepts_unknown and any(value is UNKNOWN for value in values):
            return UNKNOWN
        return self.calculate(*values)


def always(type: Type) -> Result:
    """The same type whatever the arguments are."""
    return lambda _: type
