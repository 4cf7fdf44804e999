"""The sandbox is honest: every resource in every state looks as the SDK's annotations and Stripe's fixtures say."""

import json
from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import Any

import pytest

from tests.payments.sandbox.shapes import CLASSES, differences, unlike_fixture
from tests.payments.sandbox.states import EVENTS, STATES

Row = Mapping[str, Any]
FIXTURES = Path(environ.get("TETSUZUKI_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))
FIXTURES /= "stripe-openapi/openapi/fixtures3.json"
# What Stripe's fixtures hold and this version of the API no longer sends, or never sends for yen and these ways to pay.
NOT_SENT = {
    "charge.refunds",  # only when expanded, since 2022-11-15
    "balance.connect_reserved",  # only for platforms
}


def test_everything_was_brought_forth(rows: list[Row]) -> None:
    assert {row["object"] for row in rows} == set(CLASSES)
    assert {row["type"] for row in rows if row["object"] == "event"} == EVENTS
    for kind, states in STATES.items():
        assert {row["status"] for row in rows if row["object"] == kind} == states
    movements = {(row["type"], row["reporting_category"]) for row in rows if row["object"] == "balance_transaction"}
    assert movements == {
        ("adjustment", "dispute"),
        ("adjustment", "dispute_reversal"),
        ("charge", "charge"),
        ("payment", "charge"),
        ("payment_refund", "refund"),
        ("payout", "payout"),
        ("payout_failure", "payout_reversal"),
        ("refund", "refund"),
        ("refund_failure", "refund_failure"),
        ("stripe_fee", "fee"),
    }


def test_every_resource_is_as_the_sdk_annotates_it(rows: list[Row]) -> None:
    found = {difference for row in rows for difference in differences(row)}
    assert not found, "\n".join(sorted(found))


def test_every_resource_has_what_stripes_fixtures_have(rows: list[Row]) -> None:
    if not FIXTURES.exists():
        pytest.skip(f"Stripe's fixtures are not here; set TETSUZUKI_CORPUS to the folder that has {FIXTURES.name}")
    fixtures = json.loads(FIXTURES.read_text(encoding="utf-8"))["resources"]
    found = {
        difference for row in rows for difference in unlike_fixture(row, fixtures.get(row["object"], {}), row["object"])
    }
    found = {difference for difference in found if difference.split(":")[0] not in NOT_SENT}
    assert not found, "\n".join(sorted(found))


def test_movements_add_up(rows: list[Row]) -> None:
    latest = {row["id"]: row for row in rows if row["object"] == "balance_transaction"}
    for row in latest.values():
        assert row["net"] == row["amount"] - row["fee"]
        assert sum(part["amount"] for part in row["fee_details"]) == row["fee"]
    (balance,) = [row for row in rows if row["object"] == "balance"]
    held = balance["available"][0]["amount"] + balance["pending"][0]["amount"]
    assert sum(row["net"] for row in latest.values()) == held


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "6000"}, "instead of"),
        ({"amount": None}, "None"),
        ({"colour": "red"}, "no such field"),
        ({"fee_details": [{"amount": 1}]}, "expects it always"),
        ({"livemode": True}, "no such field"),
        ({"type": "gift"}, "none of"),
    ],
)
def test_a_dishonest_resource_is_found(rows: list[Row], change: dict[str, Any], words: str) -> None:
    movement = dict(next(row for row in rows if row["object"] == "balance_transaction"))
    assert not differences(movement)
    assert any(words in difference for difference in differences(movement | change))
    del movement["net"]
    assert differences(movement) == ["balance_transaction.net: the SDK expects it always"]
