"""Finds the field types: every module of `types/` and of its rooms declares its own as `TYPE`."""

from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.fields import types as types_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.fields.base import FieldType


@cache
def all_types() -> "Mapping[str, FieldType]":
    """Every type by name. Two of one name are a programming error."""
    found: dict[str, FieldType] = {}
    modules = walk_packages(types_package.__path__, f"{types_package.__name__}.")
    for module in sorted(info.name for info in modules if not info.ispkg):
        kind: FieldType = import_module(module).TYPE
        if kind.name in found:
            raise ValueError(f"field type {kind.name!r} is declared twice: rename it in {module}")
        found[kind.name] = kind
    return MappingProxyType(dict(sorted(found.items())))


def names() -> tuple[str, ...]:
    """The names authors may write, in order."""
    return tuple(all_types())


def by_name(name: str) -> "FieldType":
    """The type called `name`; KeyError if there is none."""
    return all_types()[name]
