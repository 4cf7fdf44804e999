"""Signatures of webhooks, as https://www.standardwebhooks.com has them (`v1`: HMAC-SHA256 over id, moment and body)."""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

PREFIX = "whsec_"
VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Secrets of subscriptions, made of the site's: whoever reads the database knows none."""

    secret: str

    def key_of(self, secret_id: str) -> bytes:
        """256 bits."""
        return hmac.digest(self.secret.encode(), b"webhook:" + secret_id.encode(), "sha256")

    def shown(self, secret_id: str) -> str:
        """As receivers configure it: `whsec_` and base64."""
        return PREFIX + b64encode(self.key_of(secret_id)).decode()

    def headers(self, secret_ids: list[str], delivery_id: str, moment: datetime, body: bytes) -> Mapping[str, str]:
        """The three headers; one signature for each secret that is live, with blanks between."""
        stamp = str(int(moment.timestamp()))
        signatures = [f"{VERSION},{signature(self.key_of(one), delivery_id, stamp, body)}" for one in secret_ids]
        return {"webhook-id": delivery_id, "webhook-timestamp": stamp, "webhook-signature": " ".join(signatures)}


def signature(key: bytes, delivery_id: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `id.timestamp.body`, in base64."""
    return b64encode(hmac.digest(key, f"{delivery_id}.{stamp}.".encode() + body, "sha256")).decode()
