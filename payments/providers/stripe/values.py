"""What Stripe's objects are made of: moments in seconds, and other objects by id or in full."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def moment(second: int) -> datetime:
    """Seconds since the epoch as UTC."""
    return datetime.fromtimestamp(second, UTC)


def id_of(value: Any) -> str | None:
    """The id of an object that may have been expanded."""
    return value if value is None or isinstance(value, str) else str(value.id)


def plain(metadata: Any) -> Mapping[str, str]:
    """Metadata as plain text by its key."""
    return dict(metadata.to_dict() if hasattr(metadata, "to_dict") else metadata or {})
