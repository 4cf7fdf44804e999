"""Faults that a test or a person orders for coming API requests: errors, limits, slow answers, lost connections."""

import socket
import time
from dataclasses import dataclass
from typing import Literal

from flask import Request

from payments.sandbox.errors import ApiError
from payments.sandbox.store import Store

Kind = Literal["error", "rate_limit", "slow", "error_after", "drop_after"]
KINDS: tuple[Kind, ...] = ("error", "rate_limit", "slow", "error_after", "drop_after")
_SETTING = "api.faults"


@dataclass(frozen=True, slots=True)
class Fault:
    """One ordered fault. `slow` works for `seconds` under the key's claim; `…_after` spoil an answer already made."""

    kind: Kind
    seconds: float = 0

    def before(self) -> None:
        """Before anything is done."""
        if self.kind == "error":
            raise ApiError(500, "An unknown error occurred", kind="api_error")
        if self.kind == "rate_limit":
            raise ApiError(429, "Request rate limit exceeded.", code="rate_limit")

    def after(self, request: Request) -> None:
        """After the work was done and kept."""
        if self.kind == "error_after":
            raise ApiError(500, "An unknown error occurred", kind="api_error")
        if self.kind == "drop_after":
            time.sleep(self.seconds)
            connection = request.environ.get("werkzeug.socket")
            if isinstance(connection, socket.socket):
                connection.shutdown(socket.SHUT_RDWR)


def order_fault(store: Store, path: str, kind: Kind, count: int = 1, seconds: float = 0) -> None:
    """The next `count` requests whose path starts with `path` go wrong in this way."""
    with store.change():
        waiting = store.setting(_SETTING, [])
        waiting.extend({"path": path, "kind": kind, "seconds": seconds} for _ in range(count))
        store.set_setting(_SETTING, waiting)


def take_fault(store: Store, path: str) -> Fault | None:
    """The fault that is ordered for this request, used up."""
    with store.change():
        waiting = store.setting(_SETTING, [])
        for place, entry in enumerate(waiting):
            if path.startswith(entry["path"]):
                del waiting[place]
                store.set_setting(_SETTING, waiting)
                return Fault(entry["kind"], entry["seconds"])
    return None
