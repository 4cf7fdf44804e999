"""Attributes that are told in better words than what they are made of; each module declares its own as `RULES`."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any


@cache
def all_rules() -> Mapping[tuple[str, str], Any]:
    """Every rule by class and attribute. Two for one attribute are a programming error."""
    found: dict[tuple[str, str], Any] = {}
    for module in sorted(info.name for info in iter_modules(__path__)):
        own = import_module(f"{__name__}.{module}").RULES
        if twice := found.keys() & own.keys():
            raise ValueError(f"rules declared twice: {sorted(twice)}. Keep one.")
        found |= own
    return MappingProxyType(found)
