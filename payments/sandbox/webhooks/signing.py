"""Stripe's signature: `t=<seconds>,v1=<HMAC-SHA256 of "t.payload">`."""

import hashlib
import hmac


def signature_header(payload: bytes, secret: str, at: int) -> str:
    """The value of `Stripe-Signature` for a payload sent at second `at`."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
