"""The identity of a compiled version: a SHA-256 over everything it was compiled from."""

import hashlib
import json
from typing import Any

from engine.compiling.concepts import Concepts

FORM = "tetsuzuki-procedure-1"
"""Named in the digest, so that another way of writing it can never give the same one."""


def digest(plain: dict[str, Any], concepts: Concepts) -> str:
    """Hex. Comments, quotes and spaces do not count, nor do concepts that the procedure does not use."""
    used = {name: concepts.plain[name] for name in sorted(_concepts_in(plain)) if name in concepts.plain}
    text = json.dumps([FORM, plain, used], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _concepts_in(plain: Any) -> set[str]:
    found: set[str] = set()
    waiting = [plain]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            if isinstance(value.get("concept"), str):
                found.add(value["concept"])
    return found
