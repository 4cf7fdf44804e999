"""Where bytes of files are kept: a port of four methods."""

from datetime import datetime
from typing import BinaryIO, Protocol


class BlobMissing(Exception):
    """There is nothing under this key."""


class Blobs(Protocol):
    """Bytes under unguessable keys. What `put` returned for is on disk for good."""

    def put(self, content: bytes) -> str:
        """Keep the content; returns its new key."""

    def open(self, key: str) -> BinaryIO:
        """Read. Raises `BlobMissing`."""

    def delete(self, key: str) -> None:
        """Forget; nothing happens when it is not there."""

    def older_than(self, moment: datetime) -> list[str]:
        """The keys of what was put before `moment`."""
