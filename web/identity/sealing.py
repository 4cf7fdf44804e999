"""Keeping a text in a session's row so that only the browser's cookie opens it."""

from base64 import b64decode, b64encode
from hashlib import sha256
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes, as AES-GCM wants it (NIST SP 800-38D)


def seal(token: str, text: str) -> str:
    """The text under a key that only the session's secret gives."""
    nonce = urandom(NONCE)
    return b64encode(nonce + _cipher(token).encrypt(nonce, text.encode(), None)).decode()


def unseal(token: str, sealed: str) -> str | None:
    """The text; None where the secret is another one or the text was changed."""
    raw = b64decode(sealed)
    try:
        return _cipher(token).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
    except InvalidTag:
        return None


def _cipher(token: str) -> AESGCM:
    return AESGCM(sha256(b"tetsuzuki.sealing:" + token.encode()).digest())
