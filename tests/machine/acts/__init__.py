"""What can be done in a world, a room for each kind of people. An act is a function here; the table is made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from tests.machine.world import World

Do = Callable[[World, int, int], str]
"""(world, which one of those it can be done to, how) → what came of it; the same on every database."""
Possible = Callable[[World], object]


@dataclass(frozen=True)
class Act:
    """`by_itself`: cases may move on meanwhile without a person, as when a worker works. `weight`: how often."""

    name: str
    do: Do
    possible: Possible
    weight: int
    by_itself: bool


_ACTS: dict[str, Act] = {}


def act(weight: int = 3, *, when: Possible = lambda _: True, by_itself: bool = False) -> Callable[[Do], Do]:
    """Enter a function in the table under its own name."""

    def enter(do: Do) -> Do:
        if do.__name__ in _ACTS:
            raise ValueError(f"two acts are called {do.__name__}")
        _ACTS[do.__name__] = Act(do.__name__, do, when, weight, by_itself)
        return do

    return enter


def at(*statuses: str) -> Possible:
    """Possible while a case stands at one of these."""
    return lambda world: world.some(0, *statuses)


def acts() -> Sequence[Act]:
    """Every act, by name."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return tuple(sorted(_ACTS.values(), key=lambda one: one.name))
