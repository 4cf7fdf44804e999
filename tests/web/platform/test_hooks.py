"""The webhook's door."""

import json
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from payments.models import ProviderEvent
from payments.sandbox.webhooks.signing import signature_header
from procedures.database import Database
from procedures.models import Job
from tests.web.conftest import Clock
from web.settings import LOCAL_WEBHOOK_SECRET

EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "checkout.session.completed",
    "created": 1777597200,
    "api_version": "2025-01-01",
    "livemode": False,
    "data": {"object": {"id": "cs_1", "object": "checkout.session"}},
}


def count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table))


def send(app: Flask, payload: bytes, signature: str) -> int:
    headers = {"Stripe-Signature": signature}
    return app.test_client().post("/webhooks/stripe", data=payload, headers=headers).status_code


def signed(payload: bytes, at: datetime, secret: str = LOCAL_WEBHOOK_SECRET) -> str:
    return signature_header(payload, secret, int(at.timestamp()))


def test_a_signed_event_is_stored_once_with_one_job(app: Flask, database: Database, clock: Clock) -> None:
    payload = json.dumps(EVENT).encode()
    for _ in range(3):
        assert send(app, payload, signed(payload, clock())) == 204
    assert (count(database, ProviderEvent), count(database, Job)) == (1, 1)


@pytest.mark.parametrize("secret", ["", "whsec_another"])
def test_a_bad_signature_is_refused_and_nothing_stored(
    app: Flask, database: Database, clock: Clock, secret: str
) -> None:
    payload = json.dumps(EVENT).encode()
    signature = signed(payload, clock(), secret) if secret else ""
    assert send(app, payload, signature) == 400
    assert (count(database, ProviderEvent), count(database, Job)) == (0, 0)


def test_a_changed_event_is_refused(app: Flask, database: Database, clock: Clock) -> None:
    payload = json.dumps(EVENT).encode()
    assert send(app, payload.replace(b"cs_1", b"cs_2"), signed(payload, clock())) == 400
    assert count(database, ProviderEvent) == 0


def test_a_huge_message_is_not_read(app: Flask, database: Database, clock: Clock) -> None:
    payload = b"x" * (1024 * 1024 + 1)
    assert send(app, payload, signed(payload, clock())) == 413
