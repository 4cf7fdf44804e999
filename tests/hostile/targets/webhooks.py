"""Webhooks of Stripe: rightly signed, and strange; or signed strangely."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from payments.sandbox.webhooks.signing import signature_header
from tests.corpus.imports import CORPUS
from tests.hostile.json_spoiling import spoiled_json
from tests.hostile.site import SECRET, moment, watched
from tests.hostile.target import Attack, Target

ADDRESS = "/webhooks/stripe"
OBJECTS = (
    ("checkout.session.completed", "checkout.session", "cs_1"),
    ("refund.updated", "refund", "re_1"),
    ("charge.dispute.created", "dispute", "dp_1"),
    ("payout.paid", "payout", "po_1"),
    ("charge.refunded", "charge", "ch_1"),
)


def _events() -> Iterator[dict[str, Any]]:
    at = int(moment().timestamp())
    for number, (kind, name, object_id) in enumerate(OBJECTS):
        about = {"id": object_id, "object": name, "metadata": {"charge": "c1"}, "amount": 3000}
        yield {"id": f"evt_{number}", "object": "event", "type": kind, "created": at, "data": {"object": about}}
        related = {"id": object_id, "type": name, "url": f"/v1/{name}s/{object_id}"}
        yield {
            "id": f"evt_t{number}",
            "object": "v2.core.event",
            "type": f"v1.{kind}",
            "created": "2026-05-01T01:00:00.000Z",
            "livemode": False,
            "related_object": related,
        }


def seeds() -> list[bytes]:
    """Snapshot and thin events of every subject; about objects of Stripe's own fixtures where they are at hand."""
    found = [json.dumps(event).encode() for event in _events()]
    path = CORPUS / "stripe-openapi" / "fixtures3.json"
    resources = json.loads(path.read_bytes()).get("resources", {}) if path.is_file() else {}
    for name in ("checkout.session", "refund", "dispute", "payout"):
        if name in resources:
            event = {**next(_events()), "type": f"{name}.updated", "data": {"object": resources[name]}}
            found.append(json.dumps(event).encode())
    return found


@contextmanager
def opened() -> Iterator[Attack]:
    """The route, with a signature that fits whatever is sent."""
    with watched() as site:

        def attack(source: bytes) -> frozenset[str]:
            good = signature_header(source, SECRET, int(moment().timestamp()))
            odd = source[:200].decode("latin-1").replace("\r", "").replace("\n", "")
            statuses = set()
            for signature in (good, odd, f"{good},{odd}"):
                answer = site.ask("POST", ADDRESS, body=source, headers={"Stripe-Signature": signature})
                statuses.add(str(answer.status))
            assert statuses <= {"204", "400", "413"}
            return frozenset(statuses)

        yield attack


TARGET = Target(seeds, opened, spoiled_json, few=60)
