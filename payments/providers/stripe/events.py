"""Webhooks of Stripe: snapshot and thin events, verified, and read for what they are about."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from payments.providers import BadSignature
from payments.providers.hints import Hint, Subject
from payments.providers.stripe.values import moment

if TYPE_CHECKING:
    import stripe

TOLERANCE = timedelta(minutes=5)
THIN = "v2.core.event"
WORD = re.compile(r"[\x21-\x7e]{1,255}")
"""An id or a type of Stripe's, which documents at most 255 characters."""
SUBJECTS: Mapping[str, Subject] = {
    "checkout.session": "checkout",
    "refund": "refund",
    "dispute": "dispute",
    "payout": "payout",
}


def verified(payload: bytes, signature: str, secrets: Sequence[str], now: datetime) -> Any:
    """The event as JSON, if one of our secrets signed it not too long before `now`. Raises `BadSignature`.

    Snapshot and thin events come from two destinations, each with a secret of its own; a secret that is being replaced
    counts beside the new one.
    """
    if not any(_signed(payload, signature, secret) for secret in secrets):
        raise BadSignature("the signature does not fit the payload")
    sent = re.search(r"(?:^|,)\s*t=(\d{1,12})", signature)
    if sent is None or datetime.fromtimestamp(int(sent[1]), UTC) < now - TOLERANCE:
        raise BadSignature("the signature is too old")
    try:
        return json.loads(payload)
    except (ValueError, RecursionError) as broken:
        raise BadSignature("signed, but not JSON") from broken


def hint(event: Any, client: "stripe.StripeClient") -> Hint:
    """What a verified event is about. Raises `BadSignature` for anything but an event."""
    try:
        return _sound(_of_thin(event, client) if event["object"] == THIN else _of_snapshot(event))
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as broken:
        raise BadSignature("signed, but no event of the kind that we read") from broken


def _signed(payload: bytes, signature: str, secret: str) -> bool:
    import stripe

    try:
        return bool(stripe.WebhookSignature.verify_header(payload, signature, secret, tolerance=None))
    except (stripe.SignatureVerificationError, ValueError):
        return False


def _sound(told: Hint) -> Hint:
    """As it is; raises `TypeError` unless what is kept of it are ids and names that every database takes."""
    if not all(isinstance(one, str) and WORD.fullmatch(one) for one in (told.id, told.kind, told.object_id)):
        raise TypeError("an id or a type that is none")
    return told


def _of_snapshot(event: Any) -> Hint:
    about = event["data"]["object"]
    subject = SUBJECTS.get(about["object"], "other")
    object_id = about["id"] if subject != "other" else about.get("id", "-")
    return Hint(event["id"], event["type"], object_id, subject, moment(event["created"]))


def _of_thin(event: Any, client: "stripe.StripeClient") -> Hint:
    """A thin event names the object and says nothing of it; the SDK knows which events name one."""
    notice = client.parse_event_notification_without_verification(json.dumps(event))
    about = getattr(notice, "related_object", None)
    subject = SUBJECTS.get(about.type, "other") if about is not None else "other"
    object_id = getattr(about, "id", "-")
    created = datetime.fromisoformat(notice.created)
    if created.tzinfo is None:
        raise ValueError("a moment without a zone")
    return Hint(notice.id, notice.type, object_id, subject, created.astimezone(UTC))
