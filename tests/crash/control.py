"""What harness and processes share: which point kills next, how far the clock is ahead, and what was passed."""

import mmap
import os
import signal
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SIZE = 4096
_AHEAD, _ARMED, _SKIP, _NAME = 0, 8, 12, 16
LONGEST = SIZE - _NAME - 2


@dataclass(frozen=True)
class Control:
    """One page of memory that outlives whoever is killed, and two files to which lines are added."""

    memory: mmap.mmap
    folder: Path

    @classmethod
    def open(cls, folder: Path) -> "Control":
        """The one of this folder; made when it is not there."""
        file = folder / "control"
        if not file.exists():
            file.write_bytes(bytes(SIZE))
        with file.open("r+b") as stream:
            return cls(mmap.mmap(stream.fileno(), SIZE), folder)

    def now(self) -> datetime:
        """The clock of every process under test."""
        return datetime.now(UTC) + self.ahead

    @property
    def ahead(self) -> timedelta:
        """How far that clock is ahead of the machine's."""
        return timedelta(seconds=struct.unpack_from("d", self.memory, _AHEAD)[0])

    def move(self, ahead: timedelta) -> None:
        """Time passes, for all of them at once."""
        struct.pack_into("d", self.memory, _AHEAD, (self.ahead + ahead).total_seconds())

    def arm(self, point: str, skip: int = 0) -> None:
        """Whoever passes `point` next, after letting `skip` pass, is dead."""
        name = point.encode()
        if len(name) > LONGEST:
            raise ValueError(f"no point has so long a name: {point}")
        self.disarm()
        struct.pack_into("H", self.memory, _NAME, len(name))
        self.memory[_NAME + 2 : _NAME + 2 + len(name)] = name
        struct.pack_into("i", self.memory, _SKIP, skip)
        self.memory[_ARMED] = 1

    def disarm(self) -> None:
        """Nobody dies."""
        self.memory[_ARMED] = 0

    @property
    def armed(self) -> str | None:
        """The point that waits for somebody."""
        return self._name() if self.memory[_ARMED] else None

    def _name(self) -> str:
        (length,) = struct.unpack_from("H", self.memory, _NAME)
        return self.memory[_NAME + 2 : _NAME + 2 + length].decode()

    def passing(self, point: str) -> None:
        """A process says where it is; it may be the last that is heard of it."""
        _add(self.folder / "passed", point)
        if not self.memory[_ARMED] or self._name() != point:
            return
        (skip,) = struct.unpack_from("i", self.memory, _SKIP)
        if skip > 0:
            struct.pack_into("i", self.memory, _SKIP, skip - 1)
            return
        self.disarm()
        _add(self.folder / "killed", point)
        os.kill(os.getpid(), signal.SIGKILL)

    def killed(self) -> list[str]:
        """Where processes died, in order."""
        return _lines(self.folder / "killed")

    @contextmanager
    def watching(self) -> Iterator[list[str]]:
        """Afterwards the list holds what was passed while the block lasted, in order."""
        found: list[str] = []
        before = len(_lines(self.folder / "passed"))
        yield found
        found += _lines(self.folder / "passed")[before:]


def _add(file: Path, line: str) -> None:
    """One write to the end: whole and kept, whatever becomes of the writer (the page cache outlives it)."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
    finally:
        os.close(descriptor)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
