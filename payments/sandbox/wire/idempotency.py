"""Idempotency keys: the first answer is kept and replayed, other parameters and simultaneous use are refused."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import ApiError

LONGEST_KEY = 255
KEPT_FOR = 86_400  # seconds; Stripe may forget a key after a day


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first request with a key got."""

    status: int
    body: Body


class Answers:
    """The kept answers, and which keys are being worked on at this moment."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._working: set[str] = set()

    @contextmanager
    def claimed(self, key: str, path: str, parameters: dict[str, Any]) -> Iterator[Answer | None]:
        """The earlier answer to this key, or None while the caller alone may work on it."""
        if len(key) > LONGEST_KEY:
            raise ApiError(400, "Idempotency keys hold at most 255 characters.", kind="idempotency_error")
        with self._lock:
            if key in self._working:
                message = f"There is currently another in-progress request using this Idempotent Key ({key})."
                raise ApiError(409, message, kind="idempotency_error", code="idempotency_key_in_use")
            self._working.add(key)
        try:
            yield self._earlier(key, path, parameters)
        finally:
            with self._lock:
                self._working.discard(key)

    def keep(self, key: str, path: str, parameters: dict[str, Any], status: int, body: Body) -> None:
        """Remember the answer for a day."""
        self._sandbox.store.run(
            "INSERT OR REPLACE INTO answer (key, fingerprint, status, body, at) VALUES (?, ?, ?, ?, ?)",
            (key, _fingerprint(path, parameters), status, json.dumps(body), self._sandbox.clock.now()),
        )

    def _earlier(self, key: str, path: str, parameters: dict[str, Any]) -> Answer | None:
        rows = self._sandbox.store.run(
            "SELECT fingerprint, status, body FROM answer WHERE key = ? AND at > ?",
            (key, self._sandbox.clock.now() - KEPT_FOR),
        )
        if not rows:
            return None
        fingerprint, status, body = rows[0]
        if fingerprint != _fingerprint(path, parameters):
            message = (
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request."
            )
            raise ApiError(400, message, kind="idempotency_error")
        return Answer(status, json.loads(body))


def _fingerprint(path: str, parameters: dict[str, Any]) -> str:
    return hashlib.sha256(f"{path} {json.dumps(parameters, sort_keys=True)}".encode()).hexdigest()
