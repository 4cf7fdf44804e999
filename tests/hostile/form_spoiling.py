"""Ways to spoil a form or a query string: names and values nobody offered, far too many, in no encoding."""

from collections.abc import Sequence
from random import Random
from urllib.parse import quote_from_bytes

from tests.hostile.mutation import spoiled

VALUES: tuple[bytes, ...] = (
    *(
        b"",
        b" ",
        b"0",
        b"-1",
        b"1",
        b"9" * 30,
        b"9" * 5000,
        "１２３".encode(),
        "٣".encode(),
        "²".encode(),
        b"1e9",
        b"NaN",
    ),
    *(b"2026-02-30", b"9999-12-31", b"0001-01-01", b"0", b"null", b"true", b"[]", b"\0", b"a\0b", b"\xff\xfe"),
    *(
        b"\xed\xa0\x80",
        "𠮷".encode(),
        "\u202e".encode(),
        b"\r\nX: y",
        b"x" * 70_000,
        b"<script>",
        b"'",
        b'"',
        b"%",
        b"\\",
    ),
    *(
        b"../../etc/passwd",
        b"//evil.example",
        b"javascript:alert(1)",
        b"aaaaaaaaaaaaaaaaaaaaaaaaaa",
        b"up:",
        b":::",
        b"*",
    ),
    *(b"2026-05-01T00:00:00.000000..a..", b"b2026-05-01T00:00:00..a..2026-99-99", b"sato", b"approve", b"all", b"csv"),
)
NAMES: tuple[bytes, ...] = (
    *(
        b"",
        b"x",
        b"__class__",
        b"csrf_token",
        b"[]",
        b"a[0]",
        b"a.b.c",
        b".",
        b"..",
        b"0",
        b"\0",
        b"\xff",
        b"do",
        b"next",
    ),
    *(b"remove_file", b"move_file", b"upload", b"revision", b"seen", b"page", b"from", b"q", b"day", b"yen", b"note"),
)
MANY = 1_500


def pairs_of(source: bytes) -> list[tuple[bytes, bytes]]:
    """Names and values, as they stand in it."""
    return [(name, value) for name, _, value in (one.partition(b"=") for one in source.split(b"&")) if name or value]


def joined(pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The way back."""
    return b"&".join(name + b"=" + value for name, value in pairs)


def spoiled_form(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """The form with a few things wrong."""
    if chance.random() < 0.15:
        return spoiled(chance, source, others)
    pairs = pairs_of(source)
    offered = [*pairs, *pairs_of(chance.choice(others))]
    for _ in range(chance.choice([1, 1, 2, 3])):
        way, place = chance.random(), chance.randrange(len(pairs)) if pairs else 0
        name = chance.choice(offered)[0] if offered and chance.random() < 0.7 else _written(chance.choice(NAMES))
        value = _written(chance.choice(VALUES))
        if way < 0.5 and pairs:
            pairs[place] = (pairs[place][0], value)
        elif way < 0.6 and pairs:
            del pairs[place]
        elif way < 0.7 and pairs:
            pairs[place] = (pairs[place][0] + chance.choice([b".year", b".new", b"[0]", b".0", b"%00", b"%ff"]), value)
        elif way < 0.72:
            pairs += [(name + str(number).encode(), value[:20]) for number in range(MANY)]
        else:
            pairs.insert(place, (name, value))
    return joined(pairs)


def _written(value: bytes) -> bytes:
    return quote_from_bytes(value, safe="").encode()
