"""Where bytes of files are kept: a port of four methods."""

from datetime import datetime
from typing import BinaryIO, Protocol, Self


class BlobMissing(Exception):
    """There is nothing under this key, or nothing that its secret opens."""


class BlobChanged(BlobMissing):
    """What lies there is not what was put."""


class Kept(str):
    """The key of what was kept. `secret` opens it: it is written, sealed, into the row that names the key.

    It is a key of its own for these bytes, so that they can be kept before it is known whose they are, and are erased
    with the key that seals the secret. None for bytes that are kept plain (`procedures.models.keys.Sealing`).
    """

    __slots__ = ("secret",)

    def __new__(cls, key: str, secret: str | None) -> Self:
        """Of a key and its secret."""
        made = super().__new__(cls, key)
        made.secret = secret
        return made

    secret: str | None


class Blobs(Protocol):
    """Bytes under unguessable keys. What `put` returned for is on disk for good."""

    def put(self, content: bytes) -> Kept:
        """Keep the content; returns its new key."""

    def open(self, key: str, secret: str | None = None) -> BinaryIO:
        """Read; the secret of a `Kept` need not be told again. Raises `BlobMissing`."""

    def delete(self, key: str) -> None:
        """Forget; nothing happens when it is not there."""

    def older_than(self, moment: datetime) -> list[str]:
        """The keys of what was put before `moment`."""
