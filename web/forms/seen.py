"""What a page showed as saved, in a few characters: how a stale tab is told."""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(answers: Mapping[str, Any] | None) -> str:
    """A short digest of saved answers; of none where the item did not exist yet."""
    text = _ENCODER.encode(answers)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
