"""The sandbox's clock: real time, plus as far as somebody moved it forward."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from payments.sandbox.store import Store

_OFFSET, _MOVED = "clock.offset", "clock.moved"


class Clock:
    """Seconds since 1970 as Stripe counts them; the offset lives in the store, so a restart keeps it.

    `start` is the second at which a fresh sandbox begins; real time unless given.
    """

    def __init__(self, store: Store, start: int | None = None) -> None:
        self._store = store
        self._shown = threading.local()
        if start is not None and store.setting(_OFFSET, None) is None:
            store.set_setting(_OFFSET, start - int(time.time()))

    @property
    def offset(self) -> int:
        """How many seconds it runs ahead of real time."""
        return int(self._store.setting(_OFFSET, 0))

    @property
    def moved(self) -> int:
        """How many seconds somebody has moved it since it began. Those who speak to it may not have moved theirs."""
        return int(self._store.setting(_MOVED, 0))

    def now(self) -> int:
        """The sandbox's present second."""
        shown: int | None = getattr(self._shown, "second", None)
        return int(time.time()) + self.offset if shown is None else shown

    def precise(self) -> float:
        """The sandbox's present moment, for what is due within seconds."""
        shown: int | None = getattr(self._shown, "second", None)
        return time.time() + self.offset if shown is None else shown

    def advance(self, seconds: int) -> int:
        """Move it forward and answer the new present. It never goes back: what has happened stays in the past."""
        if seconds < 0:
            raise ValueError("the clock only moves forward")
        self._store.set_setting(_OFFSET, self.offset + seconds)
        self._store.set_setting(_MOVED, self.moved + seconds)
        return self.now()

    @contextmanager
    def showing(self, second: int) -> Iterator[None]:
        """Inside, this thread sees this moment: for what was due earlier and is only done now."""
        self._shown.second = second
        try:
            yield
        finally:
            self._shown.second = None
