"""Blobs as files of a folder, written so that a crash leaves all or nothing."""

import os
import re
from base64 import b32encode
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from procedures.blobs import BlobMissing, Kept
from procedures.blobs.holding import aside, clear, forgetting
from procedures.blobs.sealing import seal, unseal

_KEY = re.compile(r"[a-z2-7]{26}")


class DiskBlobs:
    """One folder; files are spread over sub-folders by the first two characters of their key.

    `begun` says whether what is kept now is sealed.
    """

    def __init__(self, folder: Path, begun: Callable[[], bool] = lambda: True) -> None:
        self.folder = folder
        self.begun = begun
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes) -> Kept:
        """Keep the content; returns its new key. On disk (file and folder entry) when this returns."""
        key = b32encode(os.urandom(16)).decode("ascii").rstrip("=").lower()
        stored, secret = seal(key, content) if self.begun() else (content, None)
        path = self._path(key)
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        with unfinished.open("xb") as file:
            file.write(stored)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
        _fsync_folder(path.parent)
        _fsync_folder(self.folder)
        return Kept(key, secret)

    def open(self, key: str, secret: str | None = None) -> BinaryIO:
        """Read; the secret of a `Kept` need not be told again. Raises `BlobMissing`."""
        try:
            stored = self._path(key).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(key) from None
        return BytesIO(unseal(key, stored, key.secret if isinstance(key, Kept) else secret))

    def delete(self, key: str) -> None:
        """Forget; nothing happens when it is not there. While somebody copies, the bytes are only set aside."""
        path = self._path(key)
        with forgetting(self.folder) as free:
            if free:
                path.unlink(missing_ok=True)
            else:
                with suppress(FileNotFoundError):
                    path.rename(aside(path))

    def keys(self) -> list[str]:
        """Every finished key."""
        return sorted(path.name for path in self.folder.glob("??/*") if _KEY.fullmatch(path.name))

    def older_than(self, moment: datetime) -> list[str]:
        """The keys of what was put before `moment`; what a crash left half written is forgotten on the way."""
        limit = moment.timestamp()
        for unfinished in self.folder.glob("??/*.tmp"):
            if unfinished.stat().st_mtime < limit:
                unfinished.unlink(missing_ok=True)
        with forgetting(self.folder) as free:
            if free:
                clear(self.folder)
        return [key for key in self.keys() if self._path(key).stat().st_mtime < limit]

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise BlobMissing(key)
        return self.folder / key[:2] / key


def _fsync_folder(folder: Path) -> None:
    """A rename is on disk only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
