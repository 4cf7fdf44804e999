"""How a folder of backups is laid out: generations, one pool of files for all of them, and the file of case keys."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

MARK = "restoring"
"""A file in the data folder while a restore is under way or died: until it is done, nothing starts on this data."""
STAMP = "%Y-%m-%dT%H-%M-%SZ"
PARTIAL = ".partial-"


class BackupRefused(Exception):
    """It cannot be done; `key` is the wording `cli.<key>`, with `facts`. Nothing was changed."""

    def __init__(self, key: str, **facts: object) -> None:
        self.key, self.facts = key, facts
        super().__init__(key)


class Folder:
    """A folder of backups; nobody but its owner can look into it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def pool(self) -> Path:
        """Bytes of files under their keys, each once however many generations name it."""
        return self.root / "files"

    @property
    def case_keys(self) -> Path:
        """The rows of the tables that are kept apart, as they were at the last backup."""
        return self.root / "case-keys.jsonl"

    def generations(self) -> list[Path]:
        """Finished backups, the newest first."""
        found = (self.root / "generations").glob("[0-9]*")
        return sorted((path for path in found if (path / "manifest.json").is_file()), reverse=True)

    def generation(self, name: str | None) -> Path:
        """One of them, the newest without a name. Raises `BackupRefused`."""
        for path in self.generations():
            if name in (None, path.name):
                return path
        raise BackupRefused("backup_none", folder=self.root, known=", ".join(path.name for path in self.generations()))

    def begin(self, now: datetime) -> tuple[Path, Path]:
        """Where a new generation is made, and where it will stand once it is whole; what died before is cleared away.

        Raises `BackupRefused` where there is one of this very second.
        """
        place = self.root / "generations"
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.pool.mkdir(exist_ok=True, mode=0o700)
        for dead in place.glob(f"{PARTIAL}*"):
            rmtree(dead)
        name = now.astimezone(UTC).strftime(STAMP)
        if (place / name).exists():
            raise BackupRefused("backup_busy", folder=self.root)
        partial = place / f"{PARTIAL}{name}"
        partial.mkdir(mode=0o700)
        return partial, place / name

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One backup at a time. Raises `BackupRefused` where another is under way."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BackupRefused("backup_busy", folder=self.root) from None
            yield
        finally:
            os.close(descriptor)


def write_whole(path: Path, text: str) -> None:
    """A small file: all of it or nothing, on disk when this returns, for its owner's eyes."""
    unfinished = path.with_name(f"{path.name}.tmp")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
