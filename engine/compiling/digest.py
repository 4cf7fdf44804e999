"""The identity of a compiled version: a SHA-256 over everything it was compiled from."""

import hashlib
import json
from typing import Any

from engine.compiling.concepts import Concepts
from engine.compiling.tariffs import Tariffs, tariffs_in

FORM = "tetsuzuki-procedure-1"
"""Named in the digest, so that another way of writing it can never give the same one."""


def digest(plain: dict[str, Any], concepts: Concepts, tariffs: Tariffs) -> str:
    """Hex. Comments, quotes and spaces do not count, nor do concepts and rates that the procedure does not use."""
    names = sorted(tariffs_in(plain.get("fees")))
    rates = {name: tariffs.rates[name].plain for name in names if name in tariffs.rates}
    content = [FORM, plain, _used(plain, concepts), *([rates] if rates else [])]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _used(plain: dict[str, Any], concepts: Concepts) -> dict[str, Any]:
    """The concepts that the procedure uses, and those that they are made of."""
    found: dict[str, Any] = {}
    waiting = _concepts_in(plain)
    while waiting:
        name = waiting.pop()
        if name in concepts.plain and name not in found:
            found[name] = _asked(concepts.plain[name])
            waiting |= _concepts_in(found[name])
    return dict(sorted(found.items()))


def _asked(concept: Any) -> Any:
    """A concept less where its answers are offered again, which changes nothing about what is asked and submitted."""
    return {key: value for key, value in concept.items() if key != "reuse"} if isinstance(concept, dict) else concept


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
