"""A provider in trouble: what is ordered happens, as often as it was ordered, and says truly what was done."""

import time

import pytest
import requests
import stripe

from payments.sandbox.wire.faults import AFTER, BEFORE, KINDS
from tests.payments.conftest import Payer, sdk, session_parameters


def kept(payer: Payer) -> int:
    """How many sessions there are."""
    return len(payer.client.v1.checkout.sessions.list().data)


def ask(payer: Payer, timeout: float = 0.5) -> str:
    """Open a session, and the class of what happened instead, if something did."""
    client = sdk(payer.sandbox, timeout=timeout)
    try:
        client.v1.checkout.sessions.create(session_parameters(), {"idempotency_key": "k"})
    except stripe.StripeError as error:
        return f"{type(error).__name__} {error.http_status or ''}".strip()
    return "answered"


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("error", "APIError 500"),
        ("unavailable", "APIError 503"),
        ("rate_limit", "RateLimitError 429"),
        ("reset", "APIConnectionError"),
        ("slow", "answered"),
        ("error_after", "APIError 500"),
        ("drop_after", "APIConnectionError"),
        ("reset_after", "APIConnectionError"),
        ("timeout_after", "APIConnectionError"),
        ("slow_body", "answered"),
        ("cut_body", "APIConnectionError"),
    ],
)
def test_what_is_seen_and_what_was_done(payer: Payer, kind: str, seen: str) -> None:
    payer.order(
        "faults", kind=kind, path="/v1/checkout/sessions", method="POST", seconds=0.6 if "timeout" in kind else 0.1
    )
    assert ask(payer) == seen
    assert kept(payer) == (0 if kind in BEFORE else 1)
    assert ask(payer) == "answered", "only once"
    assert kept(payer) == 1


def test_every_kind_is_tried_above() -> None:
    (table,) = [mark.args[1] for mark in test_what_is_seen_and_what_was_done.pytestmark]
    assert {kind for kind, _ in table} == set(KINDS)
    assert set(KINDS) == {*BEFORE, "slow", *AFTER}


def test_too_many_are_told_when_to_come_back(payer: Payer) -> None:
    payer.order("faults", kind="rate_limit", path="/v1/balance")
    url, key = f"{payer.sandbox.base_url}/v1/balance", (payer.sandbox.api_key, "")
    refused = requests.get(url, auth=key, timeout=5)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    assert refused.json()["error"]["code"] == "rate_limit"
    assert requests.get(url, auth=key, timeout=5).status_code == 200


def test_a_limit_of_requests_a_second(payer: Payer) -> None:
    payer.order("limit", per_second=3)
    answers = []
    for _ in range(5):
        try:
            payer.client.v1.balance.retrieve()
            answers.append(200)
        except stripe.RateLimitError as error:
            answers.append(error.http_status)
    assert answers == [200, 200, 200, 429, 429]
    payer.order("limit", per_second=0)
    payer.client.v1.balance.retrieve()


def test_a_slow_body_comes_in_drops(payer: Payer) -> None:
    payer.order("faults", kind="slow_body", path="/v1/balance", seconds=0.2)
    began = time.monotonic()
    assert payer.client.v1.balance.retrieve().object == "balance"
    assert time.monotonic() - began >= 0.19


def test_only_the_requests_that_were_meant(payer: Payer) -> None:
    payer.order("faults", kind="error", path="/v1/checkout/sessions", method="POST", count=2)
    assert payer.client.v1.checkout.sessions.list().data == []
    assert payer.client.v1.refunds.list().data == []
    assert [ask(payer), ask(payer), ask(payer)] == ["APIError 500", "APIError 500", "answered"]


def test_what_is_ordered_can_be_seen_and_taken_back(payer: Payer) -> None:
    answer = payer.order("faults", kind="error", path="/v1/refunds", count=2).json()
    assert [row["kind"] for row in answer["waiting"]] == ["error", "error"]
    assert payer.order("faults", kind="none").json()["waiting"] == []
    seen = payer.web.get(f"{payer.sandbox.base_url}/_sandbox/faults", timeout=5).json()
    assert seen == {"waiting": []}
    assert payer.order("faults", kind="plague").status_code == 400


def test_requests_are_numbered(payer: Payer) -> None:
    ids = {payer.client.v1.balance.retrieve().last_response.request_id for _ in range(3)}
    assert len(ids) == 3
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.v1.charges.retrieve("ch_none")
    assert refused.value.request_id.startswith("req_")
