"""The bodies of events: the snapshot with the whole resource (v1), and the thin one that only names it (v2)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from payments.sandbox.store import Body

# Where the resource that an event is about can be fetched.
URLS: Mapping[str, str] = {
    "checkout.session": "/v1/checkout/sessions",
    "payment_intent": "/v1/payment_intents",
    "charge": "/v1/charges",
    "refund": "/v1/refunds",
    "dispute": "/v1/disputes",
    "payout": "/v1/payouts",
}


def event(
    event_id: str, version: str, created: int, kind: str, data: dict[str, Any], *, pending: int, cause: Body
) -> Body:
    """Something that happened; `cause` is the request that made it happen, if one did."""
    return {
        "id": event_id,
        "object": "event",
        "api_version": version,
        "created": created,
        "data": data,
        "livemode": False,
        "pending_webhooks": pending,
        "request": {"id": cause.get("id"), "idempotency_key": cause.get("idempotency_key")},
        "type": kind,
    }


def notification(snapshot: Body) -> Body:
    """The thin event as it is sent: its id and what it is about, nothing else."""
    subject, request = snapshot["data"]["object"], snapshot["request"]
    reason = None
    if request["id"]:
        reason = {
            "type": "request",
            "request": {"id": request["id"], "idempotency_key": request["idempotency_key"] or ""},
        }
    created = datetime.fromtimestamp(snapshot["created"], UTC)
    return {
        "id": thin_id(snapshot["id"]),
        "object": "v2.core.event",
        "context": None,
        "created": created.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "livemode": False,
        "reason": reason,
        "related_object": {
            "id": subject["id"],
            "type": subject["object"],
            "url": f"{URLS[subject['object']]}/{subject['id']}",
        },
        "type": f"v1.{snapshot['type']}",
    }


def thin_event(snapshot: Body) -> Body:
    """The thin event as `/v2/core/events/…` answers it: with what changed, and the snapshot that belongs to it."""
    previous = snapshot["data"].get("previous_attributes")
    after = {name: snapshot["data"]["object"].get(name) for name in previous or {}}
    changes = {"before": previous, "after": after} if previous else None
    return notification(snapshot) | {"changes": changes, "snapshot_event": snapshot["id"]}


def thin_id(snapshot_id: str) -> str:
    """The id of the thin event that belongs to a snapshot."""
    return snapshot_id.replace("evt_", "evt_test_", 1)


def snapshot_id(event_id: str) -> str:
    """The id of the snapshot that belongs to a thin event."""
    return event_id.replace("evt_test_", "evt_", 1)
