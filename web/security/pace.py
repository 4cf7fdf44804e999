"""How often somebody may ask something: counted in the database, for all processes together."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

import structlog
from flask import request
from sqlalchemy.exc import DBAPIError

from procedures.continuing import trying
from web.context import now, settings, writing
from web.identity.link_secrets import derived

log = structlog.get_logger("pace")
MOST_KEPT = 10_000


class TooOften(Exception):
    """Somebody asks too often; they may again after `seconds`. The page keeps what they typed."""

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        super().__init__(seconds)


class Pace:
    """At most `most` times within `within` of the first time, for each caller.

    A process takes them in portions from the database, so that most requests of a busy caller write nothing. Where the
    database cannot be asked, the answer is yes: a resident is not kept waiting by a fault of ours. `shut`: it is no,
    for doors at which somebody may be guessing.
    """

    def __init__(self, name: str, most: int, within: timedelta, *, portion: int = 1, shut: bool = False) -> None:
        self.name, self.most, self.within = name, most, within
        self.portion, self.shut = portion, shut
        self._kept: OrderedDict[str, tuple[int, datetime]] = OrderedDict()
        self._lock = Lock()

    def require(self, caller: str) -> None:
        """Raises `TooOften`; else it counts as asked."""
        key = derived(settings(), f"pace:{self.name}", caller).hex()[:32]
        if self._has_kept(key):
            return
        try:
            with writing() as session:
                got, until = trying.take(session, now(), key, self.most, self.within, self.portion)
        except DBAPIError as error:
            log.warning("pace_unknown", name=self.name, reason=type(error).__name__)
            if self.shut:
                raise TooOften(60) from error
            return
        if not got:
            raise TooOften(int((until - now()).total_seconds()))
        if got > 1:
            self._keep(key, got - 1, until)

    def _has_kept(self, key: str) -> bool:
        with self._lock:
            left, until = self._kept.pop(key, (0, now()))
            if left == 0 or now() >= until:
                return False
            self._kept[key] = (left - 1, until)
            return True

    def _keep(self, key: str, left: int, until: datetime) -> None:
        with self._lock:
            self._kept[key] = (left, until)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)


def client_address() -> str:
    """The address of who asks: behind `PROXIES` proxies of ours, what the outermost of them saw.

    What else stands in `X-Forwarded-For` is anybody's invention.
    """
    route = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings().proxies
    if proxies and len(route) >= proxies:
        return route[-proxies]
    return request.remote_addr or ""


def caller() -> str:
    """`client_address`; of IPv6 the network, since one line has so many."""
    address = client_address()
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address
