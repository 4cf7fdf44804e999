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
    kind = type(owner).__name__
    for key in (f"versions.label_{kind.lower()}_{attribute}", f"versions.label_{attribute}"):
        if key in catalogue():
            return Said(key)
    own = _documented().get((_snake(kind), attribute))
    return described(attribute) if own is None else own


def described(key: str) -> Sayable:
    """A key of the spec language as its documentation has it; its own name where it means several things, or none."""
    own = _documented().get(("field", key))
    if own is not None:
        return own
    meanings = {text.ja: text for (_, name), text in _documented().items() if name == key}
    return next(iter(meanings.values())) if len(meanings) == 1 else Plain(key)


def _snake(name: str) -> str:
    """FeeLine → fee_line, as the record of the language is called that such a part is written in."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


@cache
def _documented() -> dict[tuple[str, str], Text]:
    """The description of each key by the record it stands in."""
    found: dict[tuple[str, str], Text] = {}
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
                found.setdefault((kind.name, name), Text(key.doc.ja, {"en": key.doc.en}))
                waiting.append(key.kind)
        elif hasattr(kind, "kind"):
            waiting.append(kind.kind)
    return found
