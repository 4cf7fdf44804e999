"""Characters that cannot stand on a paper: those that no font draws, and those that show nothing or something else."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import category, name, normalize

from procedures.papers.fonts import Coverage, coverages, of

SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Variation selectors: they belong to the character before them (葛󠄀)."""

INVISIBLE = frozenset({0x200B, 0x2060, 0xFEFF, 0x00AD})
"""Draws nothing and changes nothing: let through, as they come with what people paste."""

BREAKS = frozenset("\n\t")
NEVER = frozenset({"Cc", "Co", "Cs", "Zl", "Zp"})
"""Control characters, half characters, and the private ones (外字), which every system draws as something else."""

TURNING = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])
"""Turns the direction of writing: what is read is not what was written."""


def undrawable(text: str, templates: Path) -> tuple[str, ...]:
    """The characters of `text` that cannot be drawn, each once, with their variation selector, in their order."""
    fonts = coverages(of(templates))
    return tuple(dict.fromkeys(one for one in _clusters(text) if not _drawn(one, fonts)))


def undrawable_in(contents: object, templates: Path) -> tuple[str, ...]:
    """The same of every text in the contents of a paper."""
    return undrawable("\n".join(_texts(contents)), templates)


def called(character: str) -> str:
    """How a character is told apart by people who cannot see it either: `U+1F600 GRINNING FACE`."""
    codes = " ".join(f"U+{ord(one):04X}" for one in character)
    return f"{codes} {name(character[0], '')}".strip()


def _texts(contents: object) -> Iterator[str]:
    if isinstance(contents, str):
        if not (contents.isascii() and contents.isprintable()):  # a QR code is long
            yield contents
    elif isinstance(contents, Mapping):
        for one in contents.values():
            yield from _texts(one)
    elif isinstance(contents, Sequence):
        for one in contents:
            yield from _texts(one)


def _clusters(text: str) -> Iterator[str]:
    """Each character, with the selector that follows it."""
    whole = ""
    for one in text:
        if whole and any(ord(one) in some for some in SELECTORS):
            yield whole + one
            whole = ""
            continue
        if whole:
            yield whole
        whole = one
    if whole:
        yield whole


def _drawn(cluster: str, fonts: Sequence[Coverage]) -> bool:
    code = ord(cluster[0])
    if cluster in BREAKS or code in INVISIBLE:
        return True
    if category(cluster[0]) in NEVER or code in TURNING:
        return False
    first = next((font for font in fonts if code in font.characters), None)
    if first is None:
        parts = normalize("NFD", cluster)
        return parts != cluster and all(_drawn(one, fonts) for one in parts)
    return len(cluster) == 1 or (code, ord(cluster[1])) in first.variants
