"""Whether two values of the model are the same, whatever they are made of."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from engine.expressions import Expression


def same(old: Any, new: Any) -> bool:
    """Records part by part, since they may hold what Python compares by identity; truth values are no numbers here."""
    match old, new:
        case (Expression(), _) | (_, Expression()):
            return bool(old == new)
        case (bool(), _) | (_, bool()):
            return old is new
        case (Mapping(), Mapping()):
            return old.keys() == new.keys() and all(same(old[key], new[key]) for key in old)
        case (tuple() | list(), tuple() | list()):
            return len(old) == len(new) and all(map(same, old, new))
    return _same_made(old, new) if type(old) is type(new) else bool(old == new)


def _same_made(old: Any, new: Any) -> bool:
    """Of one class: records by their parts, functions by their name, what compares by identity by what it holds."""
    if is_dataclass(old):
        return all(same(getattr(old, one.name), getattr(new, one.name)) for one in fields(old) if one.compare)
    if callable(old):
        return bool(getattr(old, "__qualname__", old) == getattr(new, "__qualname__", new))
    by_identity = vars(type(old)).get("__eq__", None) is None and hasattr(old, "__dict__")
    return same(vars(old), vars(new)) if by_identity else bool(old == new)
