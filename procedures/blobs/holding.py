"""Keeping bytes while they are copied: who copies holds the folder, and what is forgotten meanwhile is only set aside.

A lock of the operating system on a file of the folder. It goes with the process that has it, so that a backup that was
killed holds nothing up.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = ".hold"
ASIDE = ".aside"
"""Ends the name of what was forgotten while somebody held the folder."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """While the block lasts, no bytes go. Waits for whoever holds already; what was set aside goes at the end."""
    descriptor = _open(folder)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        clear(folder)
    finally:
        os.close(descriptor)


@contextmanager
def forgetting(folder: Path) -> Iterator[bool]:
    """Whether bytes may go now; nobody can take hold of the folder before the block ends."""
    descriptor = _open(folder)
    try:
        yield _shared(descriptor)
    finally:
        os.close(descriptor)


def _shared(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clear(folder: Path) -> None:
    """Forget what was set aside. Only for who holds the folder, or within `forgetting`."""
    for left in folder.glob(f"??/*{ASIDE}"):
        left.unlink(missing_ok=True)


def aside(path: Path) -> Path:
    """Where the bytes of `path` lie once they are set aside."""
    return path.with_name(path.name + ASIDE)


def _open(folder: Path) -> int:
    return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
