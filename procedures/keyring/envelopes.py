"""What a sealed value looks like in a column, and sealing and opening one."""

import os
import re
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from procedures.keyring.ring import NONCE_BYTES

FORM = "sealed:1:"
"""How every envelope begins; the number is that of this way of sealing."""

_BEHIND_ID = len(FORM) + 26
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
    return f"{FORM}{key.id}:{b2a_base64(nonce + sealed, newline=False).decode('ascii')}"


def key_id(stored: str) -> str | None:
    """Under which key it seems to be sealed; None for what is no envelope: it was written before there were keys."""
    return (
        stored[len(FORM) : _BEHIND_ID]
        if stored.startswith(FORM) and stored[_BEHIND_ID : _BEHIND_ID + 1] == ":"
        else None
    )


def is_envelope(stored: str) -> bool:
    """Whether it is one to the last sign, and not words that begin like one."""
    return _ENVELOPE.fullmatch(stored) is not None


def unseal(key: DataKey, place: str, stored: str) -> str:
    """An envelope → its text. Raises `NotThisPlace`."""
    try:
        sealed = a2b_base64(stored[_BEHIND_ID + 1 :])
        plain = key.cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(key, place))
    except (InvalidTag, ValueError):
        raise NotThisPlace(f"{place}, key {key.id}") from None
    return plain.decode("utf-8")


def _bound(key: DataKey, place: str) -> bytes:
    """`table|case|column|key id`."""
    return f"{place.replace('.', f'|{key.holder}|', 1)}|{key.id}".encode()
