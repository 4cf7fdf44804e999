"""Webhooks of the provider: a hint, verified, stored once, answered; the work is a job's."""

from datetime import datetime

from sqlalchemy.orm import Session

from payments.providers import BadSignature, Provider

__all__ = ["BadSignature", "receive"]


def receive(session: Session, provider: Provider, now: datetime, payload: bytes, signature: str) -> None:
    """Store the event once and enqueue `payment.settle`. Raises `BadSignature`; then nothing is stored."""
    raise NotImplementedError
