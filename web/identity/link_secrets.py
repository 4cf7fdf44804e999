"""Secrets of links that follow from an id and the site's secret, so that no database holds them."""

import hmac
from base64 import urlsafe_b64encode

from web.settings import Settings


def derived(settings: Settings, purpose: str, text: str) -> bytes:
    """32 bytes that only this site can find for `text`."""
    return hmac.digest(settings.secret_key.encode(), f"{purpose}:{text}".encode(), "sha256")


def link_secret(settings: Settings, purpose: str, link_id: str) -> str:
    """What the address of a link ends with."""
    return urlsafe_b64encode(derived(settings, purpose, link_id)).rstrip(b"=").decode()


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())
