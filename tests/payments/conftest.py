"""A sandbox on a real socket, the SDK that speaks to it, and a payer who clicks on its pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import stripe

from payments.providers.stripe import StripeProvider
from payments.sandbox.app import API_KEY, WEBHOOK_SECRET, create_sandbox
from payments.sandbox.machine import Sandbox
from payments.sandbox.serving import running
from procedures.database import Database
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till
from tests.procedures.conftest import Desk, desk, procedures

__all__ = ["desk", "procedures"]  # fixtures of the neighbouring folder


def sdk(sandbox: Sandbox, *, retries: int = 0, api_key: str = API_KEY, timeout: float = 20) -> stripe.StripeClient:
    """The real SDK, pointed at a sandbox."""
    return stripe.StripeClient(
        api_key,
        base_addresses={"api": sandbox.base_url},
        max_network_retries=retries,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


def session_parameters(**changes: Any) -> dict[str, Any]:
    """What a session of 6,000 yen for two dogs is created with."""
    line = {
        "price_data": {"currency": "jpy", "unit_amount": 3000, "product_data": {"name": "登録手数料"}},
        "quantity": 2,
    }
    return {
        "mode": "payment",
        "line_items": [line],
        "allowed_payment_method_types": ["card", "konbini", "paypay"],
        "success_url": "http://127.0.0.1:9/back?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:9/cancel",
        "metadata": {"charge": "c1"},
        "payment_intent_data": {"metadata": {"charge": "c1"}},
        "customer_email": "hanako@example.jp",
        "locale": "ja",
    } | changes


@dataclass
class Payer:
    """Somebody at the sandbox's pages, without a browser."""

    sandbox: Sandbox
    client: stripe.StripeClient
    web: requests.Session = field(default_factory=requests.Session)

    def session(self, **changes: Any) -> stripe.checkout.Session:
        """A new checkout session."""
        return self.client.v1.checkout.sessions.create(session_parameters(**changes))

    def choose(self, session_id: str, choice: str, **form: str) -> requests.Response:
        """Press the button on the pay page; redirects are not followed."""
        url = f"{self.sandbox.base_url}/pay/{session_id}"
        return self.web.post(url, data={"choice": choice, **form}, allow_redirects=False, timeout=10)

    def approve(self, session_id: str, method: str, choice: str = "approve") -> requests.Response:
        """Answer at the bank's page or in PayPay."""
        url = f"{self.sandbox.base_url}/approve/{session_id}/{method}"
        return self.web.post(url, data={"choice": choice}, allow_redirects=False, timeout=10)

    def at_the_shop(self, intent_id: str, do: str = "pay") -> requests.Response:
        """Pay a konbini number, or let it expire."""
        return self.order(f"konbini/{intent_id}", do=do)

    def order(self, what: str, **body: Any) -> requests.Response:
        """Order something of the sandbox itself."""
        return self.web.post(f"{self.sandbox.base_url}/_sandbox/{what}", json=body, timeout=10)

    def look(self, session_id: str) -> stripe.checkout.Session:
        """The session with everything below it."""
        expand = ["payment_intent.latest_charge.balance_transaction", "line_items"]
        return self.client.v1.checkout.sessions.retrieve(session_id, {"expand": expand})

    def events(self) -> list[str]:
        """What has happened, oldest first."""
        return [event.type for event in self.client.v1.events.list({"limit": 100}).auto_paging_iter()][::-1]


@pytest.fixture
def sandbox(tmp_path: Path, now: datetime) -> Iterator[Sandbox]:
    """A fresh local Stripe whose clock begins with the test's."""
    state = str(tmp_path / "stripe.db")
    with running(create_sandbox(base_url="http://127.0.0.1", state=state, start=int(now.timestamp()))) as machine:
        yield machine


@pytest.fixture
def payer(sandbox: Sandbox) -> Iterator[Payer]:
    """Somebody who pays there."""
    somebody = Payer(sandbox, sdk(sandbox))
    yield somebody
    somebody.web.close()


@pytest.fixture
def stripe_provider(sandbox: Sandbox) -> StripeProvider:
    """Our adapter, through the SDK, at the sandbox."""
    return StripeProvider(API_KEY, WEBHOOK_SECRET, sandbox.base_url, timeout=5)


@pytest.fixture
def till(database: Database, desk: Desk, stripe_provider: StripeProvider, now: datetime) -> Till:
    """Cases that owe, and the sandbox to pay them at."""
    return Till(database, desk, stripe_provider, now)


@pytest.fixture
def scripted(now: datetime) -> ScriptedProvider:
    """A provider that does what the test says."""
    return ScriptedProvider(now)


@pytest.fixture
def counter(database: Database, desk: Desk, scripted: ScriptedProvider, now: datetime) -> Till:
    """A till at the scripted provider."""
    return Till(database, desk, scripted, now)
