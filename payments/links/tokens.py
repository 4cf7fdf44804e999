"""Tokens of pay links: unguessable, printed again whenever needed, kept as a hash alone."""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Tokens:
    """Made of the site's secret: who reads the database knows no token."""

    secret: str

    def of(self, link_id: str) -> str:
        """128 bits in 26 lower-case letters and digits."""
        proof = hmac.digest(self.secret.encode(), b"pay-link:" + link_id.encode(), "sha256")
        return b32encode(proof[:16]).decode("ascii").rstrip("=").lower()


def token_hash(token: str) -> str:
    """What the database keeps."""
    return sha256(token.encode()).hexdigest()
