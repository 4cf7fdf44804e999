"""A visitor who has not signed in: one signed cookie, no database row."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from itsdangerous import BadSignature, TimestampSigner

LIVES = timedelta(days=60)  # longer than any draft that is left alone
RENEW_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visitor:
    """`key` owns the drafts of this browser. `renew`: its cookie is to be set with the answer."""

    key: str
    renew: bool

    @classmethod
    def from_cookie(cls, text: str | None, secret_key: str, now: datetime) -> "Visitor":
        """The visitor of a cookie; a new one where there is none, or it is forged or too old."""
        if text:
            try:
                key, signed_at = _signer(secret_key).unsign(text, return_timestamp=True)
            except BadSignature:
                pass
            else:
                age = now - signed_at.astimezone(UTC)
                if age < LIVES:
                    return cls(key.decode(), renew=age > RENEW_AFTER)
        return cls(token_urlsafe(18), renew=True)

    def cookie(self, secret_key: str) -> str:
        """The signed text of the cookie."""
        return _signer(secret_key).sign(self.key).decode()


def _signer(secret_key: str) -> TimestampSigner:
    return TimestampSigner(secret_key, salt="tetsuzuki.visitor", digest_method=sha256)
