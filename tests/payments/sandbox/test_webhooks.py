"""Webhooks as Stripe sends them: signed, tried again, and – when ordered – lost, doubled or late."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import stripe

from payments.sandbox.app import WEBHOOK_SECRET, create_sandbox
from payments.sandbox.machine import WebhookTarget
from payments.sandbox.serving import running
from tests.payments.conftest import Payer, sdk


@dataclass
class Inbox:
    """An endpoint that keeps what arrives; while `broken` it answers 500."""

    url: str = ""
    arrived: list[tuple[bytes, str]] = field(default_factory=list)
    broken: bool = False

    def kinds(self) -> list[str]:
        """The kinds of events in the order of arrival."""
        return [json.loads(payload)["type"] for payload, _ in self.arrived]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    box = Inbox()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            payload = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(500 if box.broken else 200)
            self.end_headers()
            if not box.broken:
                box.arrived.append((payload, self.headers["Stripe-Signature"]))

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.block_on_close = True
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    box.url = f"http://127.0.0.1:{server.server_port}/webhooks/stripe"
    yield box
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def payer(inbox: Inbox, tmp_path: Path) -> Iterator[Payer]:
    target = WebhookTarget(inbox.url, WEBHOOK_SECRET)
    with running(create_sandbox(base_url="http://x", state=str(tmp_path / "s.db"), webhook=target)) as machine:
        somebody = Payer(machine, sdk(machine))
        yield somebody
        somebody.web.close()


def pay(payer: Payer) -> None:
    payer.choose(payer.session().id, "card_ok")


KINDS = ["payment_intent.created", "payment_intent.succeeded", "charge.succeeded", "checkout.session.completed"]


def test_the_sdk_accepts_the_signature(payer: Payer, inbox: Inbox) -> None:
    pay(payer)
    assert payer.order("webhooks/send").json() == {"accepted": 4}
    assert inbox.kinds() == KINDS
    for payload, signature in inbox.arrived:
        event = stripe.Webhook.construct_event(payload, signature, WEBHOOK_SECRET)
        assert event.api_version == stripe.api_version
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(payload, signature, "whsec_other")
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(
                payload.replace(b"6000", b"9000"), signature.replace("v1=", "v1=0"), WEBHOOK_SECRET
            )


def test_what_was_not_accepted_is_sent_again_later(payer: Payer, inbox: Inbox) -> None:
    inbox.broken = True
    pay(payer)
    assert payer.order("webhooks/send").json() == {"accepted": 0}
    inbox.broken = False
    assert payer.order("webhooks/send").json() == {"accepted": 0}, "not yet due again"
    payer.order("clock", seconds=301)
    assert payer.order("webhooks/send").json() == {"accepted": 4}
    assert sorted(inbox.kinds()) == sorted(KINDS)


def test_after_three_days_it_gives_up(payer: Payer, inbox: Inbox) -> None:
    inbox.broken = True
    pay(payer)
    for _ in range(12):
        payer.order("webhooks/send")
        payer.order("clock", seconds=86_400)
    states = payer.web.get(f"{payer.sandbox.base_url}/_sandbox/webhooks", timeout=5).json()["deliveries"]
    assert states == {"given_up": 4}


def test_lost(payer: Payer, inbox: Inbox) -> None:
    payer.order("webhooks", lose=True)
    pay(payer)
    assert payer.order("webhooks/send").json() == {"accepted": 0}
    assert payer.events() == KINDS, "the provider knows, and can be asked"


def test_doubled(payer: Payer, inbox: Inbox) -> None:
    payer.order("webhooks", double=True)
    pay(payer)
    payer.order("webhooks/send")
    assert len(inbox.arrived) == 8
    assert len({json.loads(payload)["id"] for payload, _ in inbox.arrived}) == 4


def test_late(payer: Payer, inbox: Inbox) -> None:
    payer.order("webhooks", late_by=3600)
    pay(payer)
    payer.order("webhooks/send")
    assert inbox.arrived == []
    payer.order("clock", seconds=3600)
    payer.order("webhooks/send")
    assert len(inbox.arrived) == 4


@pytest.mark.parametrize(("choice", "setting"), [("lost", "lose"), ("double", "double"), ("late", "late_by")])
def test_faults_can_be_chosen_on_the_pay_page(payer: Payer, choice: str, setting: str) -> None:
    payer.choose(payer.session().id, "card_ok", webhook=choice)
    url = f"{payer.sandbox.base_url}/_sandbox/webhooks"
    assert payer.web.get(url, timeout=5).json()[setting]
    payer.choose(payer.session().id, "card_ok", webhook="normal")
    assert not payer.web.get(url, timeout=5).json()[setting]


def test_in_the_background_and_after_a_restart(inbox: Inbox, tmp_path: Path) -> None:
    target, state = WebhookTarget(inbox.url, WEBHOOK_SECRET), str(tmp_path / "again.db")
    with running(create_sandbox(base_url="http://x", state=state, webhook=target)) as machine:
        somebody = Payer(machine, sdk(machine))
        pay(somebody)
        somebody.web.close()
    assert inbox.arrived == []
    with running(create_sandbox(base_url="http://x", state=state, webhook=target), send=True):
        for _ in range(200):
            if len(inbox.arrived) == 4:
                break
            time.sleep(0.05)
    assert inbox.kinds() == KINDS
