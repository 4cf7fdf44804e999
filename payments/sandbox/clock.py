"""The sandbox's clock: real time, plus as far as somebody moved it forward."""

import time

from payments.sandbox.store import Store

_SETTING = "clock.offset"


class Clock:
    """Seconds since 1970 as Stripe counts them; the offset lives in the store, so a restart keeps it.

    `start` is the second at which a fresh sandbox begins; real time unless given.
    """

    def __init__(self, store: Store, start: int | None = None) -> None:
        self._store = store
        if start is not None and store.setting(_SETTING, None) is None:
            store.set_setting(_SETTING, start - int(time.time()))

    @property
    def offset(self) -> int:
        """How many seconds it runs ahead of real time."""
        return int(self._store.setting(_SETTING, 0))

    def now(self) -> int:
        """The sandbox's present second."""
        return int(time.time()) + self.offset

    def precise(self) -> float:
        """The sandbox's present moment, for what is due within seconds."""
        return time.time() + self.offset

    def advance(self, seconds: int) -> int:
        """Move it forward and answer the new present. It never goes back: what has happened stays in the past."""
        if seconds < 0:
            raise ValueError("the clock only moves forward")
        self._store.set_setting(_SETTING, self.offset + seconds)
        return self.now()
