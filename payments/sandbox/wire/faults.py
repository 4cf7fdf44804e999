"""Faults that a test or a person orders for coming API requests: errors, limits, slow answers, lost connections."""

import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Request, Response

from payments.sandbox.store import Store
from payments.sandbox.wire.errors import ApiError

BEFORE = ("error", "unavailable", "rate_limit", "reset")
"""Nothing is done. `reset` breaks the connection."""
AFTER = ("error_after", "drop_after", "reset_after", "timeout_after", "slow_body", "cut_body")
"""Everything is done, and the answer is spoilt: an error instead, nothing, nothing after a long silence, or a body
that comes in drops, or only half of it."""
KINDS = (*BEFORE, "slow", *AFTER)
_SETTING = "api.faults"
_SILENCE, _DROPS = 30.0, 10


@dataclass(frozen=True, slots=True)
class Fault:
    """One ordered fault. `slow` works for `seconds` under the key's claim."""

    kind: str
    seconds: float = 0

    def before(self, request: Request) -> None:
        """Before anything is done."""
        if self.kind == "error":
            raise ApiError(500, "An unknown error occurred", kind="api_error")
        if self.kind == "unavailable":
            raise ApiError(503, "Stripe is temporarily unavailable.", kind="api_error")
        if self.kind == "rate_limit":
            raise too_many()
        if self.kind == "reset":
            _break(request, abruptly=True)

    def after(self, request: Request, response: Response) -> Response:
        """After the work was done and kept: the answer as it goes out."""
        if self.kind == "error_after":
            raise ApiError(500, "An unknown error occurred", kind="api_error")
        if self.kind in ("drop_after", "reset_after", "timeout_after"):
            time.sleep(self.seconds or (_SILENCE if self.kind == "timeout_after" else 0))
            _break(request, abruptly=self.kind == "reset_after")
        if self.kind in ("slow_body", "cut_body"):
            body = response.get_data()
            response.response = self._in_drops(body) if self.kind == "slow_body" else [body[: len(body) // 2]]
            response.headers["Content-Length"] = str(len(body))
        return response

    def _in_drops(self, body: bytes) -> Iterator[bytes]:
        size = len(body) // _DROPS + 1
        for start in range(0, len(body), size):
            time.sleep(self.seconds / _DROPS)
            yield body[start : start + size]


def too_many() -> ApiError:
    """The answer to more requests than are let through."""
    return ApiError(429, "Request rate limit exceeded.", code="rate_limit", headers={"Retry-After": "1"})


def order_fault(store: Store, path: str, kind: str, count: int = 1, seconds: float = 0, method: str = "") -> None:
    """The next `count` requests whose path starts with `path` (of one `method`, if named) go wrong in this way."""
    entry = {"path": path, "kind": kind, "seconds": seconds, "method": method.upper()}
    with store.change():
        store.set_setting(_SETTING, waiting(store) + [entry] * count)


def take_fault(store: Store, method: str, path: str) -> Fault | None:
    """The fault that is ordered for this request, used up."""
    with store.change():
        ordered = waiting(store)
        for place, entry in enumerate(ordered):
            if path.startswith(entry["path"]) and entry["method"] in ("", method):
                del ordered[place]
                store.set_setting(_SETTING, ordered)
                return Fault(entry["kind"], entry["seconds"])
    return None


def waiting(store: Store) -> list[dict[str, Any]]:
    """What is ordered and has not happened yet."""
    found: list[dict[str, Any]] = store.setting(_SETTING, [])
    return found


def clear(store: Store) -> None:
    """Order nothing any more."""
    store.set_setting(_SETTING, [])


def _break(request: Request, *, abruptly: bool) -> None:
    """End the connection without an answer: closed, or reset in the middle."""
    connection = request.environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        if abruptly:  # closing with the linger time 0 sends RST instead of FIN
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
    raise Broken


class Broken(Exception):
    """The connection is gone; whatever is answered now reaches nobody."""
