"""The sandbox is honest: every resource looks as the SDK's annotations and Stripe's fixtures say."""

import json
from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import Any

import pytest

from tests.payments.conftest import Payer
from tests.payments.sandbox.shapes import CLASSES, differences, unlike_fixture

FIXTURES = Path(environ.get("TETSUZUKI_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))
FIXTURES /= "stripe-openapi/openapi/fixtures3.json"
# What Stripe's fixtures hold and this version of the API no longer sends, or never sends for yen and these ways to pay.
NOT_SENT = {
    "charge.refunds",  # only when expanded, since 2022-11-15
    "balance.connect_reserved",  # only for platforms
}


def everything(payer: Payer) -> list[Mapping[str, Any]]:
    """Every resource that the sandbox can bring forth, in every state, as plain JSON."""
    web = payer.web
    web.headers["Authorization"] = f"Bearer {payer.sandbox.api_key}"
    for choice in ("card_ok", "card_declined", "card_3ds", "paypay", "konbini", "konbini"):
        session = payer.session()
        payer.choose(session.id, choice)
        if choice in {"card_3ds", "paypay"}:
            payer.approve(session.id, "paypay" if choice == "paypay" else "card")
    waiting = payer.look(session.id).payment_intent
    payer.at_the_shop(waiting.id)
    payer.client.v1.checkout.sessions.expire(payer.session().id)
    for charge in payer.client.v1.charges.list().data:
        if charge.paid:
            payer.client.v1.refunds.create({"charge": charge.id, "amount": 100, "instructions_email": "a@example.jp"})
    session = payer.session()
    payer.choose(session.id, "card_ok")
    payer.order("disputes", charge=payer.look(session.id).payment_intent.latest_charge.id)
    payer.order("clock", seconds=6 * 86_400)
    payer.order("payouts")
    rows: list[Mapping[str, Any]] = [web.get(f"{payer.sandbox.base_url}/v1/balance", timeout=5).json()]
    for path in (
        "checkout/sessions",
        "payment_intents",
        "charges",
        "balance_transactions",
        "refunds",
        "disputes",
        "payouts",
        "events",
    ):
        rows += web.get(f"{payer.sandbox.base_url}/v1/{path}?limit=100", timeout=5).json()["data"]
    items = web.get(f"{payer.sandbox.base_url}/v1/checkout/sessions/{session.id}/line_items", timeout=5).json()["data"]
    return [*rows, *items, *(item["price"] for item in items)]


def test_every_resource_is_as_the_sdk_annotates_it(payer: Payer) -> None:
    rows = everything(payer)
    assert {row["object"] for row in rows} == set(CLASSES)
    assert {row["type"] for row in rows if row["object"] == "event"} >= {
        "checkout.session.completed",
        "checkout.session.expired",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "charge.failed",
        "charge.refunded",
        "payment_intent.payment_failed",
        "payout.created",
    }
    found = {difference for row in rows for difference in differences(row)}
    found |= {
        f"{row['type']}: {difference}"
        for row in rows
        if row["object"] == "event"
        for difference in differences(row["data"]["object"])
    }
    assert not found, "\n".join(sorted(found))


def test_every_resource_has_what_stripes_fixtures_have(payer: Payer) -> None:
    if not FIXTURES.exists():
        pytest.skip(f"Stripe's fixtures are not here; set TETSUZUKI_CORPUS to the folder that has {FIXTURES.name}")
    fixtures = json.loads(FIXTURES.read_text(encoding="utf-8"))["resources"]
    found = {
        difference
        for row in everything(payer)
        for difference in unlike_fixture(row, fixtures.get(row["object"], {}), row["object"])
    }
    found = {difference for difference in found if difference.split(":")[0] not in NOT_SENT}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "6000"}, "instead of"),
        ({"amount": None}, "None"),
        ({"colour": "red"}, "no such field"),
        ({"fee_details": [{"amount": 1}]}, "expects it always"),
        ({"livemode": True}, "no such field"),
    ],
)
def test_a_dishonest_resource_is_found(payer: Payer, change: dict[str, Any], words: str) -> None:
    payer.choose(payer.session().id, "card_ok")
    movement = payer.client.v1.balance_transactions.list().data[0].to_dict()
    assert not differences(movement)
    assert any(words in difference for difference in differences(movement | change))
    del movement["net"]
    assert differences(movement) == ["balance_transaction.net: the SDK expects it always"]
