"""What an expression can see when it is evaluated, and the value of what nobody has answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.expressions.expression import Expression


class Unknown(Enum):
    """The type of `UNKNOWN`, so that a type checker can tell it from every other value."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Unknown is neither true nor false: asking is a programming error."""
        raise TypeError("UNKNOWN has no truth value: compare with `is True`")


UNKNOWN = Unknown.UNKNOWN


@dataclass(slots=True)
class Scope:
    """The answers known at one point, by field id, as values of expressions (`date`, `Decimal`, `str`, `bool`, …).

    `conditions` are the procedure's named conditions; they see only the answers outside of lists: those of `outer`.
    """

    values: dict[str, Any]
    today: date
    conditions: Mapping[str, Expression] = field(default_factory=lambda: MappingProxyType({}))
    outer: Scope | None = None

    def look_up(self, name: str) -> Any:
        """The value of `name`, or UNKNOWN."""
        value = self.values.get(name, self)
        if value is not self:
            return value
        condition = self.conditions.get(name)
        if condition is not None:
            return condition.evaluate(self.outer or self)
        return self.today if name == "today" else UNKNOWN

    def bind(self, name: str, value: object) -> Scope:
        """The same with one more name, as a comprehension adds."""
        return Scope({**self.values, name: value}, self.today, self.conditions, self.outer or self)

    def within(self, names: Collection[str]) -> Scope:
        """Inside an item or an object whose properties are `names`: those hide names of the same spelling outside."""
        kept = {name: value for name, value in self.values.items() if name not in names}
        return Scope(kept, self.today, self.conditions, self.outer or self)
