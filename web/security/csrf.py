"""CSRF: a form of ours carries a token bound to the browser's session; a forged one cannot know it."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from secrets import token_bytes
from urllib.parse import urlsplit

from flask import Flask, request

from web.access import current_policy
from web.context import Visit, visit

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SIZE = sha256().digest_size


class TokenRefused(Exception):
    """The token of an unsafe request is missing, or belongs to another session."""


def _secret(facts: Visit) -> bytes:
    """Derived from whichever cookie stands for this browser, so that nothing needs to be stored."""
    holder = facts.session_token or facts.visitor.key
    return hmac.digest(facts.services.settings.secret_key.encode(), b"csrf:" + holder.encode(), "sha256")


def csrf_token() -> str:
    """The token for the forms of this page. Masked anew for each page: compression would otherwise leak it."""
    facts = visit()
    if facts.token is None:
        mask = token_bytes(SIZE)
        facts.token = urlsafe_b64encode(mask + _xor(mask, _secret(facts))).decode()
    return facts.token


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(SIZE)


def _unmasked(token: str) -> bytes:
    try:
        raw = urlsafe_b64decode(token)
    except (NotBase64, ValueError):
        return b""
    return _xor(raw[:SIZE], raw[SIZE:]) if len(raw) == 2 * SIZE else b""


def check(app: Flask) -> None:
    """Before every unsafe view except those whose callers sign their messages. Raises `TokenRefused`."""
    if request.method in SAFE:
        return
    declared = current_policy(app)
    if declared is None or declared.signed:
        return
    token = request.headers.get(HEADER) or request.form.get(FIELD, "")
    if not hmac.compare_digest(_unmasked(token), _secret(visit())):
        raise TokenRefused


def from_own_page() -> bool:
    """Whether the browser itself vouches that one of our pages sent this; only then is what was typed shown again."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == urlsplit(visit().services.settings.public_url).netloc
