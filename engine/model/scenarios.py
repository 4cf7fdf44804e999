"""An example that an author promises: these answers take this path and cost this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come out; None where the author does not say, but without a `stop` there must be none.

    `errors` are field paths that must be rejected.
    `lines` gives the yen of fee lines by id, before reductions; `asked` the reductions that wait for a decision, and
    `fee_if_granted` what the fee is then.
    """

    steps: tuple[str, ...] | None = None
    fee: int | None = None
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    pay_by: date | None = None
    office: str | None = None
    stop: str | None = None
    warnings: tuple[str, ...] | None = None
    errors: tuple[str, ...] = ()
    asked: tuple[str, ...] | None = None
    fee_if_granted: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Answers on a day, and what is expected of them. `line` is where it stands in the file.

    `paid_on` and `issued_on` are the days that select rates which hold on them; `granted` says by id of a reduction
    how many per cent were granted.
    """

    name: str
    on: date
    answers: Mapping[str, Any]
    expect: Expectation
    line: int
    paid_on: date | None = None
    issued_on: date | None = None
    granted: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
