"""The sandbox as one object: where it remembers, what time it is, where it is reached, whom it tells."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from payments.sandbox.clock import Clock
from payments.sandbox.store import Body, Store

API_VERSION = "2026-10-28.endive"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Where events are sent, and the secret (`whsec_…`) that signs them."""

    url: str
    secret: str


@dataclass(slots=True)
class Sandbox:
    """What every part of the sandbox works with. `base_url` has no slash at its end."""

    store: Store
    clock: Clock
    base_url: str
    api_key: str
    target: WebhookTarget | None = None

    def new_id(self, prefix: str) -> str:
        """A fresh id: "cs_test_…", "pi_…"."""
        return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(24))}"

    def emit(self, kind: str, subject: Body, previous: dict[str, Any] | None = None) -> Body:
        """Record that something happened to `subject`, and queue its webhook as the present fault setting says."""
        data: dict[str, Any] = {"object": subject}
        if previous is not None:
            data["previous_attributes"] = previous
        event = {
            "id": self.new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.clock.now(),
            "data": data,
            "livemode": False,
            "pending_webhooks": 1 if self.target else 0,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self.store.put(event)
        if self.target:
            self._queue(event)
        return event

    def _queue(self, event: Body) -> None:
        faults = Faults.load(self.store)
        if faults.lose:
            return
        due = self.clock.precise() + faults.late_by
        for _ in range(2 if faults.double else 1):
            self.store.run(
                "INSERT INTO delivery (event, due, attempts, state) VALUES (?, ?, 0, 'waiting')", (event["id"], due)
            )


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong with webhooks from now on: lost, sent twice, late by so many seconds of the sandbox's clock."""

    lose: bool = False
    double: bool = False
    late_by: int = 0

    @classmethod
    def load(cls, store: Store) -> "Faults":
        """The present setting."""
        return cls(**store.setting("webhook.faults", {}))

    def save(self, store: Store) -> None:
        """Make this the setting."""
        store.set_setting("webhook.faults", {"lose": self.lose, "double": self.double, "late_by": self.late_by})


def as_json(body: Body) -> str:
    """A body as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False, indent=2)
