"""Which characters the fonts of papers draw, read from the fonts (OpenType `cmap`, formats 4, 12, 14)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import files
from pathlib import Path
from struct import unpack_from

FONTS = {"matplotlib_fontja": "ipaexg.ttf", "cvttf-notosanscjk-regular": "NotoSansCJKtc-Regular.otf"}
"""Wheels that carry fonts: IPAexGothic, and Noto Sans CJK for the name characters that it lacks (𠮷)."""

OWN = "fonts"
"""The folder beside the templates in which an authority puts fonts of its own, for characters that these lack."""

ENDINGS = frozenset({".ttf", ".otf", ".ttc"})


class NoFont(Exception):
    """A package that carries a font is not installed."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The code points that a font draws, and its variation sequences as (character, selector)."""

    characters: frozenset[int]
    variants: frozenset[tuple[int, int]]


@cache
def usual() -> tuple[Path, ...]:
    """The fonts that are always there: in wheels, which are read but never imported."""
    return tuple(_file(package, name) for package, name in FONTS.items())


def of(templates: Path) -> tuple[Path, ...]:
    """The fonts of papers set with these templates: the usual ones, then the authority's own."""
    folder = templates / OWN
    own = sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS) if folder.is_dir() else []
    return (*usual(), *own)


def coverages(fonts: Sequence[Path]) -> tuple[Coverage, ...]:
    """What each draws; read once for each state of a file."""
    return tuple(_coverage(font, font.stat().st_mtime_ns) for font in fonts)


def _file(package: str, name: str) -> Path:
    for file in files(package) or ():
        if file.name == name and file.parent.name and ".." not in file.parts:
            return Path(str(file.locate()))
    raise NoFont(f"install {package}: it carries {name}")


@lru_cache(maxsize=16)
def _coverage(font: Path, written: int) -> Coverage:  # noqa: ARG001 - a changed file is read anew
    octets = font.read_bytes()
    start = unpack_from(">I", octets, 12)[0] if octets[:4] == b"ttcf" else 0
    characters: set[int] = set()
    variants: set[tuple[int, int]] = set()
    for table in _subtables(octets, _table(octets, start, b"cmap")):
        kind = unpack_from(">H", octets, table)[0]
        if kind == 4:  # noqa: PLR2004 - as the standard numbers them
            characters.update(_format_4(octets, table))
        elif kind == 12:  # noqa: PLR2004
            characters.update(_format_12(octets, table))
        elif kind == 14:  # noqa: PLR2004
            variants.update(_format_14(octets, table))
    return Coverage(frozenset(characters), frozenset(variants))


def _table(octets: bytes, start: int, tag: bytes) -> int:
    for number in range(unpack_from(">H", octets, start + 4)[0]):
        place = start + 12 + 16 * number
        if octets[place : place + 4] == tag:
            return int(unpack_from(">I", octets, place + 8)[0])
    raise NoFont("a font without the table of its characters")


def _subtables(octets: bytes, cmap: int) -> set[int]:
    count = unpack_from(">H", octets, cmap + 2)[0]
    return {cmap + unpack_from(">I", octets, cmap + 8 + 8 * number)[0] for number in range(count)}


def _format_4(octets: bytes, table: int) -> Iterator[int]:
    """Segments of the basic plane; a character whose glyph is 0 is none."""
    half = unpack_from(">H", octets, table + 6)[0]
    count, ends = half // 2, table + 14
    starts, deltas, offsets = ends + half + 2, ends + 2 * half + 2, ends + 3 * half + 2
    for number in range(count):
        step = 2 * number
        (end,), (start,) = unpack_from(">H", octets, ends + step), unpack_from(">H", octets, starts + step)
        (delta,), (offset,) = unpack_from(">H", octets, deltas + step), unpack_from(">H", octets, offsets + step)
        for code in range(start, min(end, 0xFFFE) + 1):
            place = offsets + step + offset + 2 * (code - start)
            glyph = unpack_from(">H", octets, place)[0] if offset else code
            if (offset and glyph) or (not offset and (code + delta) & 0xFFFF):
                yield code


def _format_12(octets: bytes, table: int) -> Iterator[int]:
    for number in range(unpack_from(">I", octets, table + 12)[0]):
        start, end, glyph = unpack_from(">III", octets, table + 16 + 12 * number)
        yield from range(start if glyph else start + 1, min(end, 0x10FFFF) + 1)


def _format_14(octets: bytes, table: int) -> Iterator[tuple[int, int]]:
    """Variation sequences: those drawn as the character usually is, and those with a glyph of their own."""
    for number in range(unpack_from(">I", octets, table + 6)[0]):
        place = table + 10 + 11 * number
        selector = int.from_bytes(octets[place : place + 3])
        usual_ones, own_ones = unpack_from(">II", octets, place + 3)
        if usual_ones:
            for entry in range(unpack_from(">I", octets, table + usual_ones)[0]):
                at = table + usual_ones + 4 + 4 * entry
                first = int.from_bytes(octets[at : at + 3])
                yield from ((code, selector) for code in range(first, first + octets[at + 3] + 1))
        if own_ones:
            for entry in range(unpack_from(">I", octets, table + own_ones)[0]):
                at = table + own_ones + 4 + 5 * entry
                yield int.from_bytes(octets[at : at + 3]), selector
