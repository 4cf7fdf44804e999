"""The sandbox as one object: where it remembers, what time it is, where it is reached, whom it tells."""

import json
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from payments.sandbox.clock import Clock
from payments.sandbox.resources.event import event
from payments.sandbox.store import Body, Store
from payments.sandbox.webhooks.deliveries import announce

API_VERSION = "2026-10-28.endive"
CAUSE: ContextVar[Body | None] = ContextVar("cause", default=None)
"""The API request that is being answered (`id`, `idempotency_key`); None when a person or the clock acts."""
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
    sending: Lock = field(default_factory=Lock)
    """Held while webhooks are sent, so that no delivery goes out twice by itself."""

    def new_id(self, prefix: str) -> str:
        """A fresh id: "cs_test_…", "pi_…"."""
        return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(24))}"

    def emit(self, kind: str, subject: Body, previous: dict[str, Any] | None = None) -> Body:
        """Record that something happened to `subject`, and queue its webhook."""
        data: dict[str, Any] = {"object": subject}
        if previous:
            data["previous_attributes"] = previous
        happened = event(
            self.new_id("evt"),
            API_VERSION,
            self.clock.now(),
            kind,
            data,
            pending=1 if self.target else 0,
            cause=CAUSE.get() or {},
        )
        self.store.put(happened)
        if self.target:
            announce(self, happened)
        return happened


def as_json(body: Body) -> str:
    """A body as it goes over the wire."""
    return json.dumps(body, ensure_ascii=False, indent=2)
