"""Names that the spec language takes, and questions' wordings where the source gives none."""

import re
from collections.abc import Collection, Mapping
from keyword import iskeyword

from engine.compiling.formulas import RESERVED
from engine.fields.beside import SENT_BY_PAGES
from engine.source.characters import FORBIDDEN

LONGEST = 60
LONGEST_TEXT = 500
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+")


def identifier(name: str, taken: Collection[str], wished: str = "") -> str:
    """A name of letters, digits and _ that is not taken; `name` itself where it is one."""
    parts = re.findall(r"[A-Za-z0-9]+", wished) or re.findall(r"[A-Za-z0-9]+", name)
    plain = name if not wished and re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) else "_".join(parts)
    if not plain[:1].isalpha():
        plain = f"field_{plain}".rstrip("_")
    plain = plain[:LONGEST]
    found, number = plain, 1
    while found in taken or found in RESERVED or found in SENT_BY_PAGES or iskeyword(found):
        number += 1
        found = f"{plain[: LONGEST - len(str(number)) - 1]}_{number}"
    return found


def identifiers(wished: Mapping[str, str]) -> dict[str, str]:
    """An identifier for each name, given with the one that it wishes; legal names stay, whatever the others become."""
    taken = {name for name in wished if identifier(name, ()) == name}
    found: dict[str, str] = {}
    for name, wish in wished.items():
        taken.discard(name)
        found[name] = identifier(name, taken, wish)
        taken.add(found[name])
    return found


def slug(text: str) -> str:
    """A procedure's id: lower-case words joined by -."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    found = "-".join(words) or "imported"
    return found if found[0].isalpha() else f"form-{found}"


def wording(text: object) -> str:
    """A text of the source for people: without characters that no spec may hold, not longer than anybody reads."""
    found = " ".join(FORBIDDEN.sub(" ", str(text)).split(" ")).strip()
    return found if len(found) <= LONGEST_TEXT else found[: LONGEST_TEXT - 1].rstrip() + "…"


def spoken(name: str) -> str:
    """A property's name as words: `dateOfBirth` as "Date of birth"."""
    words = WORD.findall(name)
    if not words:
        return wording(name) or "?"
    said = " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    return said[:1].upper() + said[1:]
