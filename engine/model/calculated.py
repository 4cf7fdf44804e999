"""A named value that follows from the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.expressions import Expression, Scope, Type
from engine.model.text import Text
from engine.tables import Table

Derived = Expression | Table
"""Something that follows from the answers: both have a `type`, the `names` they use, and can `evaluate`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated:
    """A value with a name. `shown`: on the check page, and on the pages of `steps`; with its `unit`."""

    id: str
    value: Derived
    title: Text | None = None
    unit: Text | None = None
    shown: bool = False
    steps: tuple[str, ...] = ()

    @property
    def type(self) -> Type:
        """The type of its value."""
        return self.value.type

    @property
    def names(self) -> frozenset[str]:
        """The fields, conditions and other values that it uses."""
        return self.value.names

    def evaluate(self, scope: Scope) -> Any:
        """The value for these answers, or UNKNOWN."""
        return self.value.evaluate(scope)
