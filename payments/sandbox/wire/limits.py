"""How many requests a second are let through."""

import threading
import time
from collections import deque

from payments.sandbox.machine import Sandbox
from payments.sandbox.wire.faults import too_many


class Limiter:
    """Counts the requests of the last second against the setting `api.limit`; 0 lets everything through."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._times: deque[float] = deque()

    def check(self) -> None:
        """Refuse a request too many."""
        most = int(self._sandbox.store.setting("api.limit", 0))
        if most == 0:
            return
        now = time.monotonic()
        with self._lock:
            while self._times and self._times[0] < now - 1:
                self._times.popleft()
            if len(self._times) >= most:
                raise too_many()
            self._times.append(now)
