"""What an expression can see when it is evaluated, and the value of what nobody has answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol


class Unknown(Enum):
    """The type of `UNKNOWN`, so that a type checker can tell it from every other value."""

    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        """Unknown is neither true nor false: asking is a programming error."""
        raise TypeError("UNKNOWN has no truth value: compare with `is True`")


UNKNOWN = Unknown.UNKNOWN


class Evaluated(Protocol):
    """Whatever has a value for given answers: an expression, a table."""

    def evaluate(self, scope: Scope) -> Any:
        """The value for these answers, or UNKNOWN."""
        ...


@dataclass(slots=True)
class Scope:
    """The answers known at one point, by field id, as values of expressions (`date`, `Decimal`, `str`, `bool`, …).

    `named` are the procedure's named conditions and calculated values; they see only the answers outside of lists:
    those of `outer`. What they came to is kept until another answer is learnt. What is not here is looked for `around`,
    unless it is `hidden`. Most answers are never asked for: they stay `unread` until they are.
    """

    values: dict[str, Any]
    today: date
    named: Mapping[str, Evaluated] = field(default_factory=lambda: MappingProxyType({}))
    outer: Scope | None = None
    around: Scope | None = None
    hidden: Collection[str] = ()
    unread: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = field(default_factory=dict, repr=False)
    known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def look_up(self, name: str) -> Any:
        """The value of `name`, or UNKNOWN."""
        value = self.values.get(name, self)
        if value is self:
            value = self._found(name)
        if value is not self:
            return value
        named = self.named.get(name)
        if named is not None:
            return (self.outer or self).settle(name, named)
        return self.today if name == "today" else UNKNOWN

    def learn(self, name: str, value: object) -> None:
        """From here on `name` has this value."""
        self.values[name] = value
        self.unread.pop(name, None)
        self.known.clear()

    def learn_unread(self, name: str, read: Callable[..., Any], *what: object) -> None:
        """From here on `name` has the value `read(*what)`, which is worked out when somebody asks for it."""
        self.unread[name] = (read, what)
        self.values.pop(name, None)
        self.known.clear()

    def _found(self, name: str) -> Any:
        """The value of an answer here or around; the scope itself where there is none."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values[name]
            if name in scope.unread:
                read, what = scope.unread.pop(name)
                return scope.values.setdefault(name, read(*what))
            scope = None if name in scope.hidden else scope.around
        return self

    def settle(self, name: str, named: Evaluated) -> Any:
        """What a named value comes to, once however many ask: they may rest on each other many times over."""
        if name not in self.known:
            self.known[name] = named.evaluate(self)
        return self.known[name]

    def bind(self, name: str, value: object) -> Scope:
        """The same with one more name, as a comprehension adds."""
        return Scope({name: value}, self.today, self.named, self.outer or self, self)

    def within(self, names: Collection[str]) -> Scope:
        """Inside an item or an object whose properties are `names`: those hide names of the same spelling outside."""
        return Scope({}, self.today, self.named, self.outer or self, self, names)
