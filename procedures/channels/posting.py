"""Handing a message to a gateway over HTTP, and what its answer means for us."""

import json
from collections.abc import Mapping
from datetime import timedelta

from engine.digits import whole
from procedures.channels import NotDelivered, Undeliverable

TIMEOUT_SECONDS = 15
LONGEST_PAUSE = 10**6
"""Seconds, nearly twelve days; whoever names more is not asked again by that."""
TOO_MANY = 429
LATER = frozenset({408, 425, TOO_MANY})
"""Answers that mean "not now" although they begin with 4."""
OURS = frozenset({401, 403})
"""Our own keys are wrong or may not do this: nothing to do with the address, and an operator can mend it."""
SERVER_FAULT = 500
TAKEN = frozenset({200, 201, 202, 204, 409})
"""The message is on its way; 409 says that it has been since an earlier try."""


def encoded(content: Mapping[str, object]) -> bytes:
    """The body as it is sent and signed."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def post(channel: str, url: str, body: bytes, headers: Mapping[str, str], used_up: str = "") -> int:
    """Send JSON; answers the status of what was decided for good. Raises `NotDelivered` for what may change soon.

    `used_up` is how the gateway words, with 429, that what was bought is used up: `Undeliverable`, no fault of the
    address. Redirects are not followed: they would take the keys along.
    """
    import requests

    try:
        response = requests.post(
            url,
            data=body,
            headers={"Content-Type": "application/json", **headers},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise NotDelivered(f"{channel} {type(error).__name__}") from None
    status = response.status_code
    if status == TOO_MANY and used_up and used_up in response.text[:1000]:
        raise Undeliverable(f"{channel} used up", address_at_fault=False)
    if status >= SERVER_FAULT or status in LATER or status in OURS:
        raise NotDelivered(f"{channel} {status}", _pause(response.headers.get("Retry-After", "")))
    return status


def _pause(text: str) -> timedelta | None:
    """How long to wait, as `Retry-After` says it in seconds; its other form, a date, is left to our own back-off."""
    seconds = whole(text, LONGEST_PAUSE)
    return None if seconds is None else timedelta(seconds=seconds)
