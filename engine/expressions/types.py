"""The types of values in expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Kind = Literal["boolean", "number", "text", "date", "record", "list", "anything"]


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is. `options` are the only values of a choice; `item` is of a list, `properties` of a record."""

    kind: Kind
    options: tuple[object, ...] = ()
    item: Type | None = None
    properties: Mapping[str, Type] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def fits(self, wanted: Type) -> bool:
        """Whether a value of this type may stand where `wanted` is expected: of anything, nothing can be said."""
        if wanted.kind == "anything":
            return True
        if self.kind == wanted.kind == "list":
            return self.element.fits(wanted.element)
        return self.kind == wanted.kind

    @property
    def element(self) -> Type:
        """What the items of a list are."""
        return self.item or ANYTHING


BOOLEAN = Type("boolean")
NUMBER = Type("number")
TEXT = Type("text")
DATE = Type("date")
ANYTHING = Type("anything")


def list_of(item: Type) -> Type:
    """A list of `item`."""
    return Type("list", item=item)


def record(properties: Mapping[str, Type]) -> Type:
    """A group of named values."""
    return Type("record", properties=MappingProxyType(dict(properties)))


def one_of(options: Iterable[object]) -> Type:
    """The type of a choice: text, numbers or truth values, and only these."""
    values = tuple(options)
    if not values:
        return ANYTHING
    if all(isinstance(value, bool) for value in values):
        return Type("boolean", options=values)
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return Type("number", options=values)
    return Type("text" if all(isinstance(value, str) for value in values) else "anything", options=values)
