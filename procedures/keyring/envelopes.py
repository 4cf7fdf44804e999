"""What a sealed value looks like in a column, and sealing and opening one."""

import os
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from procedures.keyring.ring import NONCE_BYTES

FORM = "sealed:1:"
"""How every envelope begins; the number is that of this way of sealing."""

_ENVELOPE = re.compile(FORM + r"([a-z2-7]{26}):([A-Za-z0-9+/]{38,}={0,2})")


class NotThisPlace(Exception):
    """An envelope does not open: it was changed, or it lies where it was not put. The message says where."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """The key of one holder: an application's id, `Actor.owner_key` of a person or business, or `upload:…`."""

    id: str
    holder: str
    raw: bytes = field(repr=False)
    cipher: AESGCM


def seal(key: DataKey, place: str, plain: str) -> str:
    """Text → an envelope. AES-256-GCM under a random nonce, bound to `table.column`, holder and key."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = key.cipher.encrypt(nonce, plain.encode("utf-8"), _bound(key, place))
    return f"{FORM}{key.id}:{b64encode(nonce + sealed).decode('ascii')}"


def key_id(stored: str) -> str | None:
    """Under which key an envelope is sealed; None for what is no envelope: it was written before there were keys."""
    if not stored.startswith(FORM):
        return None
    found = _ENVELOPE.fullmatch(stored)
    return found[1] if found else None


def unseal(key: DataKey, place: str, stored: str) -> str:
    """An envelope → its text. Raises `NotThisPlace`."""
    sealed = b64decode(stored[len(FORM) + 27 :])
    try:
        plain = key.cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(key, place))
    except InvalidTag:
        raise NotThisPlace(f"{place}, key {key.id}") from None
    return plain.decode("utf-8")


def _bound(key: DataKey, place: str) -> bytes:
    table, _, column = place.partition(".")
    return f"{table}|{key.holder}|{column}|{key.id}".encode()
