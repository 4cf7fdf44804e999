"""Webhooks as Stripe sends them: signed, tried again, and – when ordered – lost, doubled, late, reordered or thin."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import stripe

from payments.sandbox.app import WEBHOOK_SECRET, create_sandbox
from payments.sandbox.machine import WebhookTarget
from payments.sandbox.serving import running
from payments.sandbox.webhooks.sender import RETRY_AFTER
from tests.payments.conftest import Payer, sdk
from tests.payments.sandbox.inbox import Inbox


def pay(payer: Payer) -> None:
    payer.choose(payer.session().id, "card_ok")


KINDS = ["payment_intent.created", "payment_intent.succeeded", "charge.succeeded", "checkout.session.completed"]


def test_the_sdk_accepts_the_signature(heard: Payer, inbox: Inbox) -> None:
    pay(heard)
    assert heard.order("webhooks/send").json() == {"accepted": 4}
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


def test_what_was_not_accepted_is_sent_again_later(heard: Payer, inbox: Inbox) -> None:
    inbox.broken = True
    pay(heard)
    assert heard.order("webhooks/send").json() == {"accepted": 0}
    inbox.broken = False
    assert heard.order("webhooks/send").json() == {"accepted": 0}, "not yet due again"
    heard.order("clock", seconds=301)
    assert heard.order("webhooks/send").json() == {"accepted": 4}
    assert sorted(inbox.kinds()) == sorted(KINDS)


def test_after_three_days_it_gives_up(heard: Payer, inbox: Inbox) -> None:
    inbox.broken = True
    pay(heard)
    for _ in range(12):
        heard.order("webhooks/send")
        heard.order("clock", seconds=86_400)
    states = heard.web.get(f"{heard.sandbox.base_url}/_sandbox/webhooks", timeout=5).json()["deliveries"]
    assert states == {"given_up": 4}


def test_lost(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", lose=True)
    pay(heard)
    assert heard.order("webhooks/send").json() == {"accepted": 0}
    assert heard.events() == KINDS, "the provider knows, and can be asked"


def test_doubled(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", double=True)
    pay(heard)
    heard.order("webhooks/send")
    assert len(inbox.arrived) == 8
    assert len({json.loads(payload)["id"] for payload, _ in inbox.arrived}) == 4


def test_late(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", late_by=3600)
    pay(heard)
    heard.order("webhooks/send")
    assert inbox.arrived == []
    heard.order("clock", seconds=3600)
    heard.order("webhooks/send")
    assert len(inbox.arrived) == 4


def test_reordered(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", reorder=True)
    pay(heard)
    heard.order("webhooks/send")
    assert inbox.kinds() == KINDS[::-1]


def test_only_some_and_only_so_many(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", lose=True, only=["charge.succeeded", "checkout.session.completed"], count=3)
    for _ in range(2):
        pay(heard)
    heard.order("webhooks/send")
    assert inbox.kinds() == [KINDS[0], KINDS[1], KINDS[0], KINDS[1], KINDS[3]]
    assert heard.web.get(f"{heard.sandbox.base_url}/_sandbox/webhooks", timeout=5).json()["count"] == 0


def deliveries(payer: Payer) -> list[dict[str, Any]]:
    """The log, the latest first."""
    return payer.web.get(f"{payer.sandbox.base_url}/_sandbox/deliveries", timeout=5).json()


def test_a_lost_one_is_in_the_log_and_can_be_sent_after_all(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", lose=True, count=1)
    pay(heard)
    heard.order("webhooks/send")
    lost = deliveries(heard)[-1]
    assert (lost["state"], lost["attempts"]) == ("lost", 0)
    assert heard.order(f"events/{lost['event']}").status_code == 200
    heard.order("webhooks/send")
    assert inbox.kinds() == [*KINDS[1:], KINDS[0]]
    assert heard.order("events/evt_none").status_code == 404


@pytest.mark.parametrize(
    ("do", "arrived"),
    [("lose", KINDS[1:]), ("double", [*KINDS, KINDS[0]]), ("late", KINDS[1:]), ("now", KINDS)],
)
def test_one_delivery_goes_another_way(heard: Payer, inbox: Inbox, do: str, arrived: list[str]) -> None:
    pay(heard)
    first = deliveries(heard)[-1]["number"]
    assert heard.order(f"deliveries/{first}", do=do).status_code == 200
    heard.order("webhooks/send")
    assert sorted(inbox.kinds()) == sorted(arrived)
    if do == "late":
        heard.order("clock", seconds=3_601)
        heard.order("webhooks/send")
        assert inbox.kinds()[-1] == KINDS[0]
    assert heard.order("deliveries/999", do="now").status_code == 404
    assert heard.order(f"deliveries/{first}", do="burn").status_code == 400


def test_all_tries_that_a_jump_of_the_clock_passes_are_made(heard: Payer, inbox: Inbox) -> None:
    inbox.broken = True
    pay(heard)
    heard.order("webhooks/send")
    heard.order("clock", seconds=sum(RETRY_AFTER[:4]) + 5)
    heard.order("webhooks/send")
    rows = deliveries(heard)
    assert {(row["state"], row["attempts"], row["answer"]) for row in rows} == {("waiting", 5, "500")}
    assert sum(RETRY_AFTER) <= 3 * 86_400, "Stripe goes on for three days"


def test_who_still_has_to_be_told_is_counted_on_the_event(heard: Payer, inbox: Inbox) -> None:
    pay(heard)
    events = heard.client.v1.events
    assert len(events.list({"delivery_success": False}).data) == 4
    heard.order("webhooks/send")
    assert events.list({"delivery_success": False}).data == []
    assert len(events.list({"types": ["charge.succeeded", "payment_intent.created"]}).data) == 2
    with pytest.raises(stripe.InvalidRequestError):
        events.list({"types": ["charge.succeeded"], "type": "charge.failed"})


def test_thin_notifications_only_name_what_they_are_about(heard: Payer, inbox: Inbox) -> None:
    heard.order("webhooks", payload="thin")
    pay(heard)
    heard.order("webhooks/send")
    assert inbox.kinds() == [f"v1.{kind}" for kind in KINDS]
    for payload, signature in inbox.arrived:
        note = heard.client.parse_event_notification(payload, signature, WEBHOOK_SECRET)
        subject = note.fetch_related_object()
        assert subject.id == note.related_object.id
        event = note.fetch_event()
        assert (event.id, event.type) == (note.id, note.type)
        assert heard.client.v1.events.retrieve(event.snapshot_event).type == note.type.removeprefix("v1.")
        assert b"6000" not in payload


def test_thin_events_are_listed_in_pages(heard: Payer, inbox: Inbox) -> None:
    pay(heard)
    events = heard.client.v2.core.events
    assert [event.type for event in events.list({"limit": 3}).auto_paging_iter()] == [
        f"v1.{kind}" for kind in KINDS[::-1]
    ]
    session = heard.client.v1.checkout.sessions.list().data[0]
    assert [event.type for event in events.list({"object_id": session.id}).data] == ["v1.checkout.session.completed"]
    assert len(events.list({"types": ["v1.charge.succeeded"]}).data) == 1
    assert len(events.list({"created": {"gt": "2020-01-01T00:00:00Z"}}).data) == 4
    assert events.list({"created": {"lt": "2020-01-01T00:00:00Z"}}).data == []
    with pytest.raises(stripe.StripeError):
        events.retrieve("evt_test_none")


def test_what_a_request_caused_names_the_request(heard: Payer, inbox: Inbox) -> None:
    session = heard.session()
    heard.client.v1.checkout.sessions.expire(session.id, options={"idempotency_key": "end-it"})
    event = heard.client.v1.events.list().data[0]
    assert event.request.idempotency_key == "end-it"
    assert event.request.id.startswith("req_")
    thin = heard.client.v2.core.events.retrieve(event.id.replace("evt_", "evt_test_"))
    assert thin.reason.request.id == event.request.id


@pytest.mark.parametrize(
    ("choice", "setting"), [("lost", "lose"), ("double", "double"), ("late", "late_by"), ("reordered", "reorder")]
)
def test_faults_can_be_chosen_on_the_pay_page(heard: Payer, choice: str, setting: str) -> None:
    heard.choose(heard.session().id, "card_ok", webhook=choice)
    url = f"{heard.sandbox.base_url}/_sandbox/webhooks"
    assert heard.web.get(url, timeout=5).json()[setting]
    heard.choose(heard.session().id, "card_ok", webhook="normal")
    assert not heard.web.get(url, timeout=5).json()[setting]


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
    assert sorted(inbox.kinds()) == sorted(KINDS)  # sent side by side: in which order they arrive nobody promises
