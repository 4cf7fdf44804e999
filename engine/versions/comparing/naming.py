"""What people call the parts and the attributes of the model."""

from functools import cache
from typing import Any

from engine.language.kinds import Record
from engine.language.procedure import PROCEDURE
from engine.model import Text
from engine.versions.comparing.sayings import Plain, Said, Sayable, named
from engine.words import catalogue


def part_name(part: Any) -> Sayable:
    """A part with its kind: 項目「電話番号」, field “Phone”."""
    key = f"versions.part_{type(part).__name__.lower()}"
    return Said(key if key in catalogue() else "versions.part_other", {"name": named(part)})


def entry_name(name: str) -> Sayable:
    """An entry of a mapping that has no title of its own."""
    return Said("versions.part_other", {"name": Plain(name)})


def label(owner: Any, attribute: str) -> Sayable:
    """An attribute: by the catalogue; else as the language describes the key that it was compiled from."""
    for key in (f"versions.label_{type(owner).__name__.lower()}_{attribute}", f"versions.label_{attribute}"):
        if key in catalogue():
            return Said(key)
    return described(attribute)


def described(key: str) -> Sayable:
    """A key of the spec language as its own documentation has it; its name where there is none."""
    return _documented().get(key, Plain(key))


@cache
def _documented() -> dict[str, Text]:
    """The first description of each key, from outside in."""
    found: dict[str, Text] = {}
    waiting: list[Any] = [PROCEDURE]
    seen: set[int] = set()
    while waiting:
        kind = waiting.pop(0)
        kind = getattr(kind, "record", kind)
        if id(kind) in seen:
            continue
        seen.add(id(kind))
        if isinstance(kind, Record):
            for name, key in kind.keys.items():
                found.setdefault(name, Text(key.doc.ja, {"en": key.doc.en}))
                waiting.append(key.kind)
        elif hasattr(kind, "kind"):
            waiting.append(kind.kind)
    return found
