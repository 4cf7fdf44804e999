"""Which types' answers have the same value in expressions as in JSON, so that JSON Schema can compare them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from engine.fields.base import FieldType

Value = TypeVar("Value", bound=Callable[..., object])

_marked: set[Callable[..., object]] = set()


def as_written(value: Value) -> Value:
    """Marks a `value`: a text or truth value is the answer itself, a number its exact decimal, a day its ISO form.

    A list is such values one by one, a group of questions its properties by name. A type that overrides `value` without
    this mark is one of which JSON Schema cannot say how its answers compare.
    """
    _marked.add(value)
    return value


def is_as_written(type: "FieldType") -> bool:
    """Whether its values are marked."""
    return getattr(type.__class__, "value", None) in _marked
