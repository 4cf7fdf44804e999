"""Sends what is due, and tries again later what was not accepted."""

import http.client
import threading
import urllib.request

from payments.sandbox.machine import Sandbox, WebhookTarget, as_json
from payments.sandbox.store import Body
from payments.sandbox.webhooks.signing import signature_header

# Seconds of the sandbox's clock until the next try; Stripe goes on for three days.
RETRY_AFTER = (2, 5, 15, 60, 300, 1_800, 7_200, 43_200, 86_400)
TIMEOUT = 10


def deliver_due(sandbox: Sandbox) -> int:
    """Send every webhook that is due now, in the order in which they were queued. Answers how many were accepted."""
    if sandbox.target is None:
        return 0
    waiting = sandbox.store.run(
        "SELECT number, event, attempts FROM delivery WHERE state = 'waiting' AND due <= ? ORDER BY due, number",
        (sandbox.clock.precise(),),
    )
    return sum(_deliver(sandbox, sandbox.target, *row) for row in waiting)


def _deliver(sandbox: Sandbox, target: WebhookTarget, number: int, event_id: str, attempts: int) -> bool:
    accepted = _post(target, sandbox.store.get(event_id), sandbox.clock.now())
    if accepted:
        _settle(sandbox, number, attempts + 1, "accepted", 0)
        sandbox.store.put(sandbox.store.get(event_id) | {"pending_webhooks": 0})
    elif attempts < len(RETRY_AFTER):
        _settle(sandbox, number, attempts + 1, "waiting", sandbox.clock.precise() + RETRY_AFTER[attempts])
    else:
        _settle(sandbox, number, attempts + 1, "given_up", 0)
    return accepted


def _settle(sandbox: Sandbox, number: int, attempts: int, state: str, due: float) -> None:
    sandbox.store.run(
        "UPDATE delivery SET attempts = ?, state = ?, due = ? WHERE number = ?", (attempts, state, due, number)
    )


def _post(target: WebhookTarget, event: Body, at: int) -> bool:
    payload = as_json(event).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature_header(payload, target.secret, at),
        "User-Agent": "Stripe/1.0 (sandbox)",
    }
    request = urllib.request.Request(target.url, data=payload, headers=headers)  # noqa: S310 - its own configuration
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310 - raises for anything but 2xx
            return True
    except (OSError, http.client.HTTPException):  # URLError and HTTPError are OSErrors
        return False


class Sender:
    """Delivers in the background until stopped."""

    def __init__(self, sandbox: Sandbox, every: float = 0.3) -> None:
        self._sandbox, self._every = sandbox, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sandbox-webhooks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being sent, then end."""
        self._stopping.set()
        self._thread.join(TIMEOUT + 1)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            deliver_due(self._sandbox)
