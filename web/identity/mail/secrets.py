"""The secrets of a link: they follow from its id and the site's secret, and stand in no database."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from flask import request

from web.settings import Settings

CODE_DIGITS = 6


def link_secret(settings: Settings, link_id: str) -> str:
    """What the address of the link ends with."""
    return urlsafe_b64encode(_derived(settings, "link", link_id)).rstrip(b"=").decode()


def link_code(settings: Settings, link_id: str) -> str:
    """Six digits for another device."""
    return f"{int.from_bytes(_derived(settings, 'code', link_id)) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def browser_hash(token: str) -> str:
    """How the browser that asked is remembered."""
    return sha256(token.encode()).hexdigest()


def source_hash(settings: Settings) -> str:
    """Where this request comes from, so that it can be counted and not read."""
    return _derived(settings, "source", client_address(settings)).hex()[:32]


def client_address(settings: Settings) -> str:
    """The address of who asks: behind `proxies` proxies of ours, what the outermost of them saw."""
    route = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.proxies and len(route) >= settings.proxies:
        return route[-settings.proxies]
    return request.remote_addr or ""


def _derived(settings: Settings, purpose: str, text: str) -> bytes:
    return hmac.digest(settings.secret_key.encode(), f"mail:{purpose}:{text}".encode(), "sha256")
