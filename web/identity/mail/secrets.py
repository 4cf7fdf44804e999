"""The secrets of a link by mail, and by what its browser and its source are remembered."""

from hashlib import sha256

from web.identity import link_secrets
from web.identity.link_secrets import derived, same
from web.security.pace import client_address
from web.settings import Settings

__all__ = ["browser_hash", "link_code", "link_secret", "same", "source_hash"]

CODE_DIGITS = 6


def link_secret(settings: Settings, link_id: str) -> str:
    """What the address of the link ends with."""
    return link_secrets.link_secret(settings, "mail:link", link_id)


def link_code(settings: Settings, link_id: str) -> str:
    """Six digits for another device."""
    return f"{int.from_bytes(derived(settings, 'mail:code', link_id)) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def browser_hash(token: str) -> str:
    """How the browser that asked is remembered."""
    return sha256(token.encode()).hexdigest()


def source_hash(settings: Settings) -> str:
    """Where this request comes from, so that it can be counted and not read."""
    return derived(settings, "mail:source", client_address()).hex()[:32]
