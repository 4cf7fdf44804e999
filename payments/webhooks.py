"""Webhooks of the provider: a hint, verified, stored once, answered; the work is a job's."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from payments.models import ProviderEvent
from payments.providers import BadSignature, Provider
from payments.providers.hints import Subject
from procedures import jobs
from procedures.storing.rows import insert_new

__all__ = ["BadSignature", "receive"]

JOBS: Mapping[Subject, tuple[str, str]] = {
    "checkout": ("payment.settle", "checkout"),
    "refund": ("refund.note", "refund"),
    "dispute": ("dispute.note", "dispute"),
}
"""Which job asks for what a webhook is about, and what its payload calls it. Payouts come with the transactions."""


def receive(session: Session, provider: Provider, now: datetime, payload: bytes, signature: str) -> None:
    """Store the event once and enqueue the job that asks for what it is about.

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
        "handled_at": None if hint.subject in JOBS else now,
    }
    is_new = insert_new(session, ProviderEvent.__table__, row, unique="id")
    if is_new and hint.subject in JOBS:
        kind, name = JOBS[hint.subject]
        verb = kind.rpartition(".")[2]
        jobs.enqueue(session, now, kind, {name: hint.object_id}, key=f"{verb}:{provider.name}:{hint.id}")
