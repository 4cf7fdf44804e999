"""An example that an author promises: these answers take this path and cost this."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out; None where the author does not say, but without a `stop` there must be none.

    `errors` are field paths that must be rejected.
    """

    steps: tuple[str, ...] | None = None
    fee: int | None = None
    office: str | None = None
    stop: str | None = None
    warnings: tuple[str, ...] | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """Answers on a day, and what is expected of them. `line` is where it stands in the file."""

    name: str
    on: date
    answers: Mapping[str, Any]
    expect: Expectation
    line: int
