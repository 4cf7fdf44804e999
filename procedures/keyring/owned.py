"""Saying whose a value is, where it is written into a sealed column."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Owned:
    """A value on its way into a sealed column: under whose key it goes."""

    holder: str
    value: Any


def of(holder: str, value: Any) -> Any:
    """`value` as the `holder`'s: an application's id, or `Actor.owner_key` for what is kept of a person. None stays."""
    return None if value is None else Owned(holder, value)
