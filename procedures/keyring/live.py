"""Which transactions are open in this thread, so that a column can ask one of them for a key."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Protocol


class NoTransaction(Exception):
    """A sealed column was read or written outside `Database.read` and `Database.write`."""


class KeyMissing(Exception):
    """What an envelope was sealed under is gone: its holder was erased."""


class Keys(Protocol):
    """The data keys that one transaction has met."""

    def seal(self, holder: str, place: str, plain: str) -> str:
        """Text → what the column `place` holds of this holder, who gets a key where there is none."""

    def unseal(self, place: str, stored: str, holder: str | None = None) -> str:
        """What the column `place` holds → its text; `holder` is whose row it was read from, where that is known."""

    def by_id(self, under: str) -> object:
        """The key with this id. Raises `KeyMissing`, `MasterMissing`."""

    def meet(self, holders: Iterable[str]) -> None:
        """Fetch the keys of many at once, for whoever reads something of each."""

    def raw(self, holder: str, *, make: bool = False) -> bytes | None:
        """The bytes of a holder's key, for keyed hashes."""

    def finished(self) -> bool:
        """Whether nothing plain is left."""


class _Open(local):
    def __init__(self) -> None:
        self.keys: list[Keys] = []


_OPEN = _Open()


@contextmanager
def entered(keys: Keys) -> Iterator[None]:
    """While the block runs, columns ask `keys`. Blocks need not end in the order in which they began."""
    _OPEN.keys.append(keys)
    try:
        yield
    finally:
        _OPEN.keys.remove(keys)


def current() -> Keys:
    """Those of the transaction that was opened last. Raises `NoTransaction`."""
    if not _OPEN.keys:
        raise NoTransaction("sealed columns are read and written within Database.read() or Database.write()")
    return _OPEN.keys[-1]
