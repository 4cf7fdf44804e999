"""Long work shows how far it is: one line on a terminal, nothing where nobody looks."""

import sys
from time import monotonic
from types import TracebackType
from typing import Self

EVERY = 0.2  # seconds


class Progress:
    """Called with how many are done and how many there are."""

    def __init__(self) -> None:
        self._shown, self._open = 0.0, False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if self._open:
            sys.stderr.write("\n")

    def __call__(self, done: int, of: int) -> None:
        """Show it, if it is time."""
        if not sys.stderr.isatty() or (done < of and monotonic() - self._shown < EVERY):
            return
        self._shown, self._open = monotonic(), True
        sys.stderr.write(f"\r{done:,} / {of:,}")
        sys.stderr.flush()
