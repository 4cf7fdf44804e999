"""Time and memory for one input: what takes more is broken, whatever it answers in the end."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

MEGABYTE = 1024 * 1024


class Hangs(BaseException):
    """An input took too long. No error that code might catch."""


class Swells(Exception):
    """An input took too much memory."""


@contextmanager
def bounds(seconds: float, megabytes: int) -> Iterator[None]:
    """Raises `Hangs` in the block, `Swells` or `MemoryError` at its end or in it."""
    before = _peak()
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_addressed() + 4 * megabytes * MEGABYTE, limits[1]))
    earlier = signal.signal(signal.SIGALRM, _hangs)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
        resource.setrlimit(resource.RLIMIT_AS, limits)
    if _peak() - before > megabytes * MEGABYTE:
        raise Swells(f"{(_peak() - before) // MEGABYTE} MB, at most {megabytes}")


def _peak() -> int:
    """Bytes of memory that this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _addressed() -> int:
    """Bytes of address space of this process."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _hangs(_: int, __: FrameType | None) -> None:
    raise Hangs("took too long")
