"""Webhooks of the provider: a hint, verified, stored once, answered; the work is a job's."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.models import ProviderEvent
from payments.providers import BadSignature, Provider
from procedures import jobs
from procedures.storing.rows import insert_new

__all__ = ["BadSignature", "receive"]


def receive(session: Session, provider: Provider, now: datetime, payload: bytes, signature: str) -> None:
    """Store the event once and enqueue `payment.settle` where it is about a checkout.

    Raises `BadSignature`; then nothing is stored. An event that was stored before changes nothing.
    """
    hint = provider.read_webhook(payload, signature, now)
    row = {
        "id": f"{provider.name}:{hint.id}",
        "provider": provider.name,
        "event_id": hint.id,
        "kind": hint.kind,
        "object_id": hint.object_id,
        "checkout_session_id": hint.checkout_id,
        "created_at": hint.created_at,
        "received_at": now,
        "handled_at": None if hint.checkout_id else now,
    }
    is_new = insert_new(session, ProviderEvent.__table__, row, unique="id")
    if is_new and hint.checkout_id:
        payload_of_job = {"checkout": hint.checkout_id}
        jobs.enqueue(session, now, "payment.settle", payload_of_job, key=f"settle:{provider.name}:{hint.id}")
