"""Answers that a wording repeats, as authors write them: `{call_name|この犬}の生年月日`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

REPEATED = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\|([^{}|\n]+)\}")
"""The name of an answer or of a part of one, and what stands there while it is unknown. All else in braces is text."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """An answer that a wording repeats, and what stands there while it is unknown."""

    name: str
    otherwise: str


def repeating(written: str) -> Iterator[str | Repeated]:
    """The wording in pieces."""
    end = 0
    for found in REPEATED.finditer(written):
        if found.start() > end:
            yield written[end : found.start()]
        yield Repeated(found[1], found[2])
        end = found.end()
    if end < len(written):
        yield written[end:]


def without_answers(written: str) -> str:
    """The wording for whoever knows no answer."""
    return REPEATED.sub(r"\2", written) if "|" in written else written
