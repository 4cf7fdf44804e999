"""Drafts of others that this browser opened by their code: one signed cookie, checked against the code each time."""

from collections.abc import Mapping
from hashlib import sha256

from itsdangerous import BadSignature, Signer

MOST = 20
"""Drafts that a browser remembers; the oldest goes."""

Grants = Mapping[str, str]
"""Hash of the code by the id of the case."""


def read(text: str | None, secret_key: str) -> Grants:
    """The grants of a cookie; none where it is forged."""
    if not text:
        return {}
    try:
        plain = _signer(secret_key).unsign(text).decode()
    except BadSignature:
        return {}
    return dict(one.split(":", 1) for one in plain.split("|") if ":" in one)


def write(grants: Grants, secret_key: str) -> str:
    """The text of the cookie."""
    kept = list(grants.items())[-MOST:]
    return _signer(secret_key).sign("|".join(f"{id}:{code}" for id, code in kept)).decode()


def _signer(secret_key: str) -> Signer:
    return Signer(secret_key, salt="tetsuzuki.drafts", digest_method=sha256)
