"""A target of the fuzzer: a file of `tests/hostile/targets` that says what it begins with and how it is attacked."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from random import Random

from tests.hostile import targets
from tests.hostile.mutation import spoiled

Attack = Callable[[bytes], frozenset[str]]
"""Do it with these bytes; answer what was seen of it, in a few words. Raises whatever must not come out."""

Spoil = Callable[[Random, bytes, Sequence[bytes]], bytes]


@dataclass(frozen=True)
class Target:
    """`seeds` are good inputs; `opened` sets up what is attacked. `few` inputs are tried in every run of the tests.

    `seconds` and `megabytes` bound one input.
    """

    seeds: Callable[[], list[bytes]]
    opened: Callable[[], AbstractContextManager[Attack]]
    spoil: Spoil = spoiled
    few: int = 40
    seconds: float = 5.0
    megabytes: int = 400


def names() -> list[str]:
    """Those there are."""
    return sorted(module.name for module in pkgutil.iter_modules(targets.__path__))


def target(name: str) -> Target:
    """The target of this name. Raises `ModuleNotFoundError`."""
    found: Target = importlib.import_module(f"{targets.__name__}.{name}").TARGET
    return found
