"""Expressions: read and typed, evaluated for known, odd and missing answers, and told in words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from engine.expressions import FUNCTIONS, ExpressionError, Scope, parse
from tests.engine.expressions.samples import ANSWERS, NAMES, TODAY
from tests.hostile.mutation import spoiled
from tests.hostile.target import Attack, Target
from tests.house.tree import ROOT

IN_SPECS = re.compile(r"(?:when|condition|calculate|optional|count|forbid|if): *[\"']?([^\"'\n{}]{3,120})")
PIECES = [
    *(b"dogs", b"area", b"name", b"born", b"today", b"home.city", b"who", b"grade", b"kinds", b"yes", b"no"),
    *(b"sum(", b"max(", b"len(", b"any(d.tagged for d in dogs)", b"[d.age for d in dogs if d.tagged]", b")", b"("),
    *(b"*", b"/", b"//", b"%", b"**", b"+", b"-", b"<", b"==", b"!=", b"in", b"not in", b" and ", b" or ", b" not "),
    *(b"0", b"-1", b"1e3", b"0.1", b"9999999999999999999999", b"'land'", b"None", b"True", b" if ", b" else ", b","),
    *(b"add_days(born, 99999999)", b"add_months(today, -99999)", b"days_between(born, today)", b"round_down(area, 0)"),
    *(name.encode() + b"(" for name in FUNCTIONS),
]
ODD: Sequence[Mapping[str, Any]] = (
    ANSWERS,
    {},
    {**ANSWERS, "dogs": [], "area": Decimal(0), "born": date.max},
    {**ANSWERS, "born": date.min, "name": "", "kinds": []},
)


def seeds() -> list[bytes]:
    """Those of the specs, and each function's own example."""
    found = {match.encode() for file in (ROOT / "tests" / "specs").rglob("*.yaml") for match in _in(file.read_text())}
    return [*sorted(found), *(f"{name}(area, 2)".encode() for name in FUNCTIONS), *PIECES]


def _in(text: str) -> list[str]:
    return IN_SPECS.findall(text)


def spoil(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """Bytes spoiled, or pieces of the language put together anew."""
    if chance.random() < 0.4:
        return b" ".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 12)))
    return spoiled(chance, source, others)


def attack(source: bytes) -> frozenset[str]:
    """The key of its mistake; or what it is for each set of answers."""
    text = source.decode("utf-8", "surrogateescape")
    try:
        found = parse(text, NAMES)
    except ExpressionError as error:
        return frozenset({error.key, str(all({**error.message, **error.fix}.values()))})
    seen = {str(found.type)}
    for answers in ODD:
        seen.add(type(found.evaluate(Scope(dict(answers), TODAY))).__name__)
    for language in ("ja", "en"):
        assert isinstance(found.explain(language), str)
    return frozenset(seen)


@contextmanager
def opened() -> Iterator[Attack]:
    """Needs nothing."""
    yield attack


TARGET = Target(seeds, opened, spoil, few=1500, seconds=2)
