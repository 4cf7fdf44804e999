"""The local Stripe without a socket: the real SDK and our adapter speak to it in this process, at the world's clock."""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

import requests
import stripe
from flask import Flask
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from werkzeug.test import Client, TestResponse

from payments.providers.stripe import API_VERSION, StripeProvider
from payments.sandbox.app import API_KEY, WEBHOOK_SECRET, create_sandbox
from payments.sandbox.cashier.passing_time import catch_up
from payments.sandbox.clock import Clock
from payments.sandbox.machine import Sandbox, WebhookTarget, as_json
from payments.sandbox.webhooks.deliveries import Delivery, settle
from payments.sandbox.webhooks.signing import signature_header
from tests.quiet import STAND_IN

BASE = "http://stripe.test"


class StandingClock(Clock):
    """Shows what the world's clock shows."""

    def __init__(self, sandbox: Sandbox, shows: Callable[[], datetime]) -> None:
        super().__init__(sandbox.store)
        self._shows = shows

    def now(self) -> int:
        """The world's second, or the one that is being caught up with."""
        shown: int | None = getattr(self._shown, "second", None)
        return int(self._shows().timestamp()) if shown is None else shown

    def precise(self) -> float:
        """The same."""
        return float(self.now())


class _Line(BaseAdapter):
    """Carries a request of the SDK to the application, and its answer back; `down`: nobody answers."""

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.client, self.down = Client(app), False

    def send(self, request: requests.PreparedRequest, **_options: object) -> requests.Response:
        sys.audit(STAND_IN)
        if self.down:
            raise requests.ConnectionError("nobody answers")
        told = self.client.open(request.path_url, BASE, method=request.method, headers=dict(request.headers),
                                data=request.body)  # fmt: skip
        answer = requests.Response()
        answer.status_code, answer.headers = told.status_code, CaseInsensitiveDict(told.headers)
        answer._content, answer.url, answer.request = told.data, str(request.url), request
        return answer

    def close(self) -> None: ...


class NearStripe(StripeProvider):
    """Our adapter, whose SDK speaks to an application in this process."""

    def __init__(self, app: Flask) -> None:
        super().__init__(API_KEY, WEBHOOK_SECRET, BASE)
        self.line = _Line(app)

    @cached_property
    def _client(self) -> stripe.StripeClient:
        session = requests.Session()
        session.mount(BASE, self.line)
        return stripe.StripeClient(
            API_KEY,
            stripe_version=API_VERSION,
            base_addresses={"api": BASE},
            max_network_retries=0,
            http_client=stripe.RequestsClient(session=session),
        )


class LocalStripe:
    """The sandbox as the people of a world use it: its pages, its orders, its webhooks one by one."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        app = create_sandbox(base_url=BASE, webhook=WebhookTarget("http://localhost/webhooks/stripe", WEBHOOK_SECRET))
        self.sandbox: Sandbox = app.extensions["sandbox"]
        self.sandbox.clock = StandingClock(self.sandbox, clock)
        self.provider, self.web = NearStripe(app), Client(app)

    def catches_up(self) -> None:
        """What is due by the clock happens."""
        catch_up(self.sandbox)

    def order(self, what: str, **body: Any) -> int:
        """Order something of the sandbox; the status of its answer."""
        return self.web.post(f"/_sandbox/{what}", BASE, json=body).status_code

    def press(self, path: str, **form: str) -> TestResponse:
        """Press a button on one of its pages."""
        return self.web.post(path, BASE, data=form)

    def all(self, kind: str, **where: str) -> list[Mapping[str, Any]]:
        """Its resources of a kind, the oldest first."""
        return self.sandbox.store.newest_first(kind, where)[::-1]

    def deliveries(self, *states: str) -> list[Delivery]:
        """Webhooks in these states, the oldest first."""
        columns = "number, event, due, attempts, state, payload, answer"
        rows = self.sandbox.store.run(f"SELECT {columns} FROM delivery ORDER BY number")  # noqa: S608 - constant
        return [row for row in (Delivery(*row) for row in rows) if row.state in states]

    def tells(self, delivery: Delivery, web: Client) -> int:
        """Send one webhook to the application, signed now; the status of its answer."""
        payload = as_json(self.sandbox.store.get(delivery.event)).encode()
        signature = signature_header(payload, WEBHOOK_SECRET, self.sandbox.clock.now())
        answer = web.post("/webhooks/stripe", data=payload, headers={"Stripe-Signature": signature})
        state = "accepted" if answer.status_code in range(200, 300) else "waiting"
        settle(self.sandbox, delivery, delivery.attempts + 1, state, delivery.due, str(answer.status_code))
        return answer.status_code

    def loses(self, delivery: Delivery) -> None:
        """It never comes."""
        settle(self.sandbox, delivery, delivery.attempts, "lost", delivery.due, delivery.answer)

    @property
    def kept_yen(self) -> int:
        """What it has taken and not given back; what is on its way back (a card takes three days) it still has."""
        taken = sum(int(row["amount"]) for row in self.all("charge") if row["paid"])
        return taken - sum(int(row["amount"]) for row in self.all("refund") if row["status"] == "succeeded")

    def close(self) -> None:
        """Forget everything."""
        self.sandbox.store.close()
