"""Ways to spoil a spec: bytes, lines, words, numbers, whole pieces of other specs."""

import random
import re
from collections.abc import Callable, Sequence

WORDS = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*|[0-9][0-9.-]*|[^\sA-Za-z0-9]")
ODD = [
    *rb"""
    0 -1 1e999 99999999999999999999 null ~ true [] {} '' "\u0000" *a &a !!x today None not and or ( ) [ ] { } : , - # |
    > % ' " ** len( any( 2026-02-30 9999-12-31 0001-01-01 type array object items properties when table rows allOf give
    calculate
    __class__ answered( if else for in
    """.split(),
    *(b"", b"\n", b"\t", b": ", b"- ", b"&a ", b"!!x ", b" and ", b"x in [", b"any(d for d in ", b" if age else "),
    *(b"$ref: '#'", b"allOf: [{not: {}}]", b"\xff", b"\xed\xa0\x80", "𠮷".encode(), "\u202e".encode()),
]
Spoil = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def _cut(chance: random.Random, source: bytes, _: Sequence[bytes]) -> bytes:
    start, end = sorted(chance.randrange(len(source) + 1) for _ in range(2))
    return source[:start] + source[min(end, start + 40) :]


def _insert(chance: random.Random, source: bytes, _: Sequence[bytes]) -> bytes:
    place = chance.randrange(len(source) + 1)
    return source[:place] + chance.choice(ODD) + source[place:]


def _replace_word(chance: random.Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """One word by another of the same spec, of another spec, or by something odd."""
    words = list(WORDS.finditer(source))
    if not words:
        return source
    place = chance.choice(words)
    donor = chance.choice([source, chance.choice(others)])
    offered = [match.group() for match in WORDS.finditer(donor)] + ODD
    return source[: place.start()] + chance.choice(offered) + source[place.end() :]


def _repeat(chance: random.Random, source: bytes, _: Sequence[bytes]) -> bytes:
    start, end = sorted(chance.randrange(len(source) + 1) for _ in range(2))
    piece = source[start : min(end, start + 60)]
    return source[:start] + piece * chance.choice([2, 3, 30, 300]) + source[start:]


def _move_lines(chance: random.Random, source: bytes, _: Sequence[bytes]) -> bytes:
    lines = source.split(b"\n")
    piece = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), piece)
    return b"\n".join(lines)


def _borrow_lines(chance: random.Random, source: bytes, others: Sequence[bytes]) -> bytes:
    lines, donor = source.split(b"\n"), chance.choice(others).split(b"\n")
    start = chance.randrange(len(donor))
    place = chance.randrange(len(lines) + 1)
    return b"\n".join([*lines[:place], *donor[start : start + chance.randrange(1, 8)], *lines[place:]])


def _indent(chance: random.Random, source: bytes, _: Sequence[bytes]) -> bytes:
    lines = source.split(b"\n")
    place = chance.randrange(len(lines))
    lines[place] = lines[place].lstrip() if chance.random() < 0.5 else b"  " + lines[place]
    return b"\n".join(lines)


def _flip(chance: random.Random, source: bytes, _: Sequence[bytes]) -> bytes:
    if not source:
        return source
    place = chance.randrange(len(source))
    return source[:place] + bytes([chance.randrange(256)]) + source[place + 1 :]


OFTEN = (_insert, _replace_word, _replace_word)
WAYS: tuple[Spoil, ...] = (_cut, _insert, _replace_word, _repeat, _move_lines, _borrow_lines, _indent, _flip, *OFTEN)


def spoiled(chance: random.Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """The source with a few things wrong."""
    for _ in range(chance.choice([1, 1, 1, 2, 2, 3, 5])):
        source = chance.choice(WAYS)(chance, source, others)
    return source
