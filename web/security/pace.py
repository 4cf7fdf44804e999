"""How often somebody may ask something of pages that are open to everybody."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

from flask import request

MOST_CALLERS = 10_000


class Pace:
    """At most `most` times within `within` for each caller; kept in this process alone: enough to slow down."""

    def __init__(self, most: int, within: timedelta) -> None:
        self.most, self.within = most, within
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def admits(self, caller: str, now: datetime) -> bool:
        """Whether the caller may ask now; it then counts as asked."""
        with self._lock:
            times = self._asked.setdefault(caller, deque())
            self._asked.move_to_end(caller)
            while times and times[0] <= now - self.within:
                times.popleft()
            if len(times) >= self.most:
                return False
            times.append(now)
            while len(self._asked) > MOST_CALLERS:
                self._asked.popitem(last=False)
            return True


def caller() -> str:
    """The network address that the request came from; of IPv6 the network, since one line has so many.

    The last entry of `X-Forwarded-For` is what the proxy in front wrote (docs/production.md demands one); entries
    before it are anybody's invention.
    """
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    address = told or request.remote_addr or ""
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address
