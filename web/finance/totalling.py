"""Movements by 歳入科目 and by bureau, as rows with the facts of the address that leads to their entries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from payments.totals.movements import Key, Moved, Movements
from web.finance.names import bureau_named


@dataclass(frozen=True, slots=True)
class Row:
    """A line of totals. `address` is where its name leads, `mark` what stands below its bars in a chart."""

    code: str
    name: str
    moved: Moved
    facts: dict[str, object] = field(default_factory=dict)
    address: str = ""
    mark: str = ""


def by_account(whole: Movements, titles: Mapping[str, str]) -> list[Row]:
    """One row for each 歳入科目."""
    sums = _grouped(whole, lambda key: key.account)
    return [Row(code, titles.get(code, code), moved, {"account": code}) for code, moved in sorted(sums.items())]


def by_bureau(whole: Movements, language: str) -> list[Row]:
    """One row for each bureau."""
    sums = _grouped(whole, lambda key: key.bureau)
    return [Row(code, bureau_named(code, language), moved, {"bureau": code}) for code, moved in sorted(sums.items())]


def _grouped(whole: Movements, by: Callable[[Key], str]) -> dict[str, Moved]:
    found: dict[str, Moved] = {}
    for key, line in whole.lines.items():
        found.setdefault(by(key), Moved()).add(line)
    return found
