"""Time and memory for one input: what takes more is broken, whatever it answers in the end."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

PROCESS = Path("/proc/self")
MEGABYTE = 1024 * 1024
WAITING = 30
"""Times the seconds of work that an input may take with all that it waits for."""


class Hangs(BaseException):
    """An input took too long. No error that code might catch."""


class Swells(Exception):
    """An input took too much memory."""


@contextmanager
def bounds(seconds: float, megabytes: int) -> Iterator[None]:
    """Raises `Hangs` in the block, `Swells` or `MemoryError` at its end or in it.

    The seconds are those of this process alone, however busy the machine is; what waits for ever is ended all the same.
    """
    before = _peak(afresh=True)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_addressed() + 4 * megabytes * MEGABYTE, limits[1]))
    earlier = {one: signal.signal(one, _hangs) for one in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, WAITING * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for one, handler in earlier.items():
            signal.signal(one, handler)
        resource.setrlimit(resource.RLIMIT_AS, limits)
    if _peak() - before > megabytes * MEGABYTE:
        raise Swells(f"{(_peak() - before) // MEGABYTE} MB, at most {megabytes}")


def _peak(*, afresh: bool = False) -> int:
    """Bytes of memory that this process has had at most, since it was last asked `afresh`.

    Not `ru_maxrss`: that never sinks, and begins with what the process had that started this one.
    """
    if afresh:
        (PROCESS / "clear_refs").write_text("5", encoding="ascii")
    status = (PROCESS / "status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def _addressed() -> int:
    """Bytes of address space of this process."""
    return int((PROCESS / "statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _hangs(_: int, __: FrameType | None) -> None:
    raise Hangs("took too long")
