"""A visitor who has not signed in: one signed cookie, no database row."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from secrets import token_urlsafe

from itsdangerous import BadSignature, Signer

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
        if text and (found := _verified(text, secret_key)):
            key, issued = found
            age = now.timestamp() - issued
            if age < LIVES.total_seconds():
                return cls(key, renew=age > RENEW_AFTER.total_seconds())
        return cls.new()

    @classmethod
    def new(cls) -> "Visitor":
        """Somebody who was never here."""
        return cls(token_urlsafe(18), renew=True)

    def cookie(self, secret_key: str, now: datetime) -> str:
        """The signed text of the cookie, dated so that it can be renewed."""
        return _signer(secret_key).sign(f"{self.key}|{int(now.timestamp())}").decode()


@lru_cache(maxsize=10_000)
def _verified(text: str, secret_key: str) -> tuple[str, int] | None:
    """The key and when its cookie was issued (seconds since 1970); None for a forged one. The same on every page."""
    try:
        key, _, issued = _signer(secret_key).unsign(text).decode().rpartition("|")
    except BadSignature:
        return None
    return key, int(issued)


def _signer(secret_key: str) -> Signer:
    return Signer(secret_key, salt="tetsuzuki.visitor", digest_method=sha256)
