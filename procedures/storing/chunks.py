"""Long lists for IN (…) in pieces that every database takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
MOST = 1000
"""Well below the parameters that a statement may have (SQLite 32,766, PostgreSQL's protocol 65,535)."""


def in_chunks(values: Iterable[T], most: int = MOST) -> Iterator[list[T]]:
    """The values, at most `most` at a time; nothing at all where there are none."""
    rest = iter(values)
    while some := list(islice(rest, most)):
        yield some
