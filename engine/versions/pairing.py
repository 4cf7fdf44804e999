"""Which part of one version is which part of another: of the same name, or of the name that `was` tells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pairing(Generic[T]):
    """`origin` leads from the key of a new part to the old one, `heir` the other way; who has none is new or gone."""

    origin: Mapping[str, T]
    heir: Mapping[str, T]
    added: tuple[T, ...]
    removed: tuple[T, ...]


def pair(old: Sequence[T], new: Sequence[T], key: Callable[[T], str]) -> Pairing[T]:
    """Pair parts by `key`. A `was` that names a part of the old version, which is gone in the new one, goes before."""
    before, now = {key(part): part for part in old}, {key(part) for part in new}
    origin: dict[str, T] = {}
    heir: dict[str, T] = {}
    for renamed in (True, False):
        for part in new:
            source = _source(part, key, renamed=renamed)
            free = source in before and source not in heir and key(part) not in origin
            if free and not (renamed and source in now):
                origin[key(part)], heir[source] = before[source], part
    return Pairing(
        origin,
        heir,
        tuple(part for part in new if key(part) not in origin),
        tuple(part for part in old if key(part) not in heir),
    )


def _source(part: object, key: Callable[..., str], *, renamed: bool) -> str:
    return str(getattr(part, "was", None) or "") if renamed else key(part)
