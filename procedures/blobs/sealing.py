"""Bytes of files sealed: AES-256-GCM under a key that is used for them alone."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from procedures.blobs import BlobChanged, BlobMissing

MAGIC = b"\x93TZ1"
"""How sealed bytes begin: no kind of file that is accepted does."""
_ONCE = bytes(12)  # each secret seals one content, so that a nonce cannot come twice


def seal(key: str, content: bytes) -> tuple[bytes, str]:
    """Bytes → sealed bytes, bound to the key under which they will lie, and the secret that opens them."""
    secret = os.urandom(32)
    return MAGIC + AESGCM(secret).encrypt(_ONCE, content, key.encode()), urlsafe_b64encode(secret).decode()


def unseal(key: str, stored: bytes, secret: str | None) -> bytes:
    """The way back; what was kept plain is returned as it is. Raises `BlobMissing`."""
    if not stored.startswith(MAGIC):
        if secret is not None:
            raise BlobChanged(key)
        return stored
    if secret is None:
        raise BlobMissing(key)
    try:
        return AESGCM(urlsafe_b64decode(secret)).decrypt(_ONCE, stored[len(MAGIC) :], key.encode())
    except InvalidTag:
        raise BlobChanged(key) from None
