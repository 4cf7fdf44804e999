"""Snapshot and thin events: read for which object they are about, and nothing else of them believed."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.providers import BadSignature
from payments.providers.stripe import StripeProvider
from payments.sandbox.webhooks.signing import signature_header

NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
SNAPSHOTS, THIN = "whsec_snapshots", "whsec_thin"
PROVIDER = StripeProvider("sk_test_x", f"{SNAPSHOTS}, {THIN}", "http://127.0.0.1:9")


def thin(kind: str, related: dict[str, str] | None, **changes: Any) -> dict[str, Any]:
    body = {"id": "evt_t1", "object": "v2.core.event", "type": kind, "created": "2026-05-01T01:00:00.000Z"}
    return body | {"livemode": False, "context": None, "related_object": related} | changes


def snapshot(kind: str, about: dict[str, Any]) -> dict[str, Any]:
    return {"id": "evt_s1", "object": "event", "type": kind, "created": AT, "data": {"object": about}}


def read(event: object, secret: str = SNAPSHOTS) -> Any:
    payload = json.dumps(event).encode()
    return PROVIDER.read_webhook(payload, signature_header(payload, secret, AT), NOW)


OBJECTS = [
    ("checkout.session.completed", "checkout.session", "cs_1", "checkout"),
    ("refund.updated", "refund", "re_1", "refund"),
    ("refund.failed", "refund", "re_1", "refund"),
    ("charge.dispute.created", "dispute", "dp_1", "dispute"),
    ("charge.dispute.funds_withdrawn", "dispute", "dp_1", "dispute"),
    ("payout.paid", "payout", "po_1", "payout"),
    ("charge.refunded", "charge", "ch_1", "other"),
]


@pytest.mark.parametrize(("kind", "name", "object_id", "subject"), OBJECTS)
def test_a_snapshot_event(kind: str, name: str, object_id: str, subject: str) -> None:
    hint = read(snapshot(kind, {"id": object_id, "object": name}))
    assert (hint.id, hint.kind, hint.object_id, hint.subject, hint.created_at) == (
        "evt_s1",
        kind,
        object_id,
        subject,
        NOW,
    )


@pytest.mark.parametrize(("kind", "name", "object_id", "subject"), OBJECTS)
def test_a_thin_event_with_the_secret_of_its_own_destination(
    kind: str, name: str, object_id: str, subject: str
) -> None:
    hint = read(thin(f"v1.{kind}", {"id": object_id, "type": name, "url": f"/v1/{name}s/{object_id}"}), THIN)
    assert (hint.id, hint.kind, hint.object_id, hint.subject, hint.created_at) == (
        "evt_t1",
        f"v1.{kind}",
        object_id,
        subject,
        NOW,
    )


def test_a_thin_event_of_a_kind_that_the_sdk_does_not_know_is_kept() -> None:
    related = {"id": "x_1", "type": "thing", "url": "/v2/things/x_1"}
    assert read(thin("v2.new.thing", related)).subject == "other"
    assert read(thin("v2.new.thing", None)).object_id == "-"


@pytest.mark.parametrize(
    "changes",
    [
        {"created": "yesterday"},
        {"created": 3},
        {"created": "2026-05-01T01:00:00"},
        {"related_object": {"id": 3, "type": "refund", "url": "/"}},
        {"related_object": {"type": "refund"}},
        {"related_object": {"id": "re_1", "url": "/"}},
        {"id": 7},
        {"type": None},
        {"context": 5},
        {"reason": "x"},
    ],
)
def test_a_broken_thin_event_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadSignature):
        read(thin("v1.refund.updated", {"id": "re_1", "type": "refund", "url": "/"}, **changes))


@pytest.mark.parametrize("odd", [None, 7, 10**30, [], {}, "", "\x00", "a\x00b", "\ud800", "再", "a b", "x" * 256])
@pytest.mark.parametrize("name", ["id", "type", "object_id"])
def test_an_id_or_a_type_that_no_database_would_keep(name: str, odd: object) -> None:
    about = {"id": odd if name == "object_id" else "re_1", "object": "refund"}
    event = snapshot("refund.updated", about) | ({name: odd} if name != "object_id" else {})
    with pytest.raises(BadSignature):
        read(event)


@pytest.mark.parametrize("payload", [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 10_000, b"\xff", b""])
def test_json_that_cannot_be_read(payload: bytes) -> None:
    with pytest.raises(BadSignature):
        PROVIDER.read_webhook(payload, signature_header(payload, SNAPSHOTS, AT), NOW)


def test_only_what_concerns_us_must_name_its_object() -> None:
    assert read(snapshot("balance.available", {"object": "balance"})).object_id == "-"
    with pytest.raises(BadSignature):
        read(snapshot("refund.updated", {"object": "refund"}))


def test_a_moment_beyond_all_calendars_is_refused() -> None:
    with pytest.raises(BadSignature):
        read(snapshot("refund.updated", {"id": "re_1", "object": "refund"}) | {"created": 10**30})


def test_a_secret_that_is_none_of_ours() -> None:
    with pytest.raises(BadSignature):
        read(snapshot("refund.updated", {"id": "re_1", "object": "refund"}), "whsec_other")


def test_without_a_secret_nothing_is_signed() -> None:
    payload = json.dumps(snapshot("refund.updated", {"id": "re_1", "object": "refund"})).encode()
    with pytest.raises(BadSignature):
        StripeProvider("sk_test_x", "").read_webhook(payload, signature_header(payload, "", AT), NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(["event", "v2.core.event", "x"]), JSON, JSON, JSON, JSON)
def test_only_our_own_error_comes_out(name: str, kind: Any, created: Any, data: Any, related: Any) -> None:
    event = {"object": name, "id": "evt_1", "type": kind, "created": created, "data": data, "related_object": related}
    try:
        read(event)
    except BadSignature:
        return
