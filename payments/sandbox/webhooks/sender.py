"""Sends what is due, and tries again later what was not accepted."""

import http.client
import threading
import urllib.error
import urllib.request

from payments.sandbox.machine import Sandbox, WebhookTarget, as_json
from payments.sandbox.resources.event import notification
from payments.sandbox.store import Body
from payments.sandbox.webhooks.deliveries import Delivery, due_now, settle
from payments.sandbox.webhooks.signing import signature_header

# Seconds from one try to the next: Stripe goes on for three days, less and less often.
RETRY_AFTER = (300, 1_800, 7_200, 18_000, 36_000, 36_000, 43_200, 43_200, 43_200)
TIMEOUT = 10


def deliver_due(sandbox: Sandbox) -> int:
    """Send every webhook that is due now. Answers how many were accepted.

    A delivery that fails is due again at the next moment of the schedule, counted from when it was due: after a jump of
    the clock all tries that would have been made meanwhile are made, one after the other.
    """
    if sandbox.target is None:
        return 0
    accepted = 0
    with sandbox.sending:
        while waiting := due_now(sandbox):
            accepted += sum(_deliver(sandbox, sandbox.target, delivery) for delivery in waiting)
    return accepted


def _deliver(sandbox: Sandbox, target: WebhookTarget, delivery: Delivery) -> bool:
    event = sandbox.store.get(delivery.event)
    body = event if delivery.payload == "snapshot" else notification(event)
    answer, accepted = _post(target, body, sandbox.clock.now())
    attempts = delivery.attempts + 1
    if accepted:
        settle(sandbox, delivery, attempts, "accepted", delivery.due, answer)
    elif attempts <= len(RETRY_AFTER):
        settle(sandbox, delivery, attempts, "waiting", delivery.due + RETRY_AFTER[attempts - 1], answer)
    else:
        settle(sandbox, delivery, attempts, "given_up", delivery.due, answer)
    return accepted


def _post(target: WebhookTarget, event: Body, at: int) -> tuple[str, bool]:
    """What the endpoint answered, and whether that was a yes. Signed with the moment of sending."""
    payload = as_json(event).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature_header(payload, target.secret, at),
        "User-Agent": "Stripe/1.0 (sandbox)",
    }
    request = urllib.request.Request(target.url, data=payload, headers=headers)  # noqa: S310 - its own configuration
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 - raises for anything but 2xx
            return str(response.status), True
    except urllib.error.HTTPError as refused:
        return str(refused.code), False
    except (OSError, http.client.HTTPException) as failed:
        return type(failed).__name__, False


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
