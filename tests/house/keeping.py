"""The table of docs/keeping.md that says how long everything is kept: `python -m tests.house.keeping` writes it."""

from pathlib import Path

import payments.models  # noqa: F401 - its tables are in it
from procedures.keeping.retention import FOR_GOOD, OUTLIVES, Rule, told
from tests.house.markdown import table
from tests.house.tree import ROOT

DOCUMENT = ROOT / "docs" / "keeping.md"
BLOCKS = ("how-long", "outlives")


def how_long() -> str:
    """Each rule, with its tables."""
    rows = [[rule.what, rule.until, rule.why, _names(tables)] for rule, tables in told()]
    return table(["what", "until", "why", "tables"], rows)


def outlives() -> str:
    """What is still readable when a case was erased, by the rule that keeps it."""
    by_rule: dict[Rule, list[str]] = {}
    for place, rule in OUTLIVES.items():
        by_rule.setdefault(rule, []).append(place)
    rows = [[_names(places), rule.until, rule.why] for rule, places in by_rule.items()]
    return table(["where", "until", "why"], [*rows, [_names(sorted(FOR_GOOD)), "nothing ends these", "see below"]])


def written(text: str) -> str:
    """The page with both tables as the code has them. Raises `ValueError` where a mark is missing."""
    for name, lines in zip(BLOCKS, (how_long(), outlives()), strict=True):
        begin, end = f"<!-- {name}: python -m tests.house.keeping -->\n", f"<!-- end of {name} -->"
        before, after = text.index(begin) + len(begin), text.index(end)
        text = f"{text[:before]}\n{lines}\n{text[after:]}"
    return text


def _names(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def write(document: Path = DOCUMENT) -> None:
    """Write them."""
    document.write_text(written(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
