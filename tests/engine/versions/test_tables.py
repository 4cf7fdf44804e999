"""Rows of tables are told by the case they are about, wherever they stand."""

import pytest

from engine.versions.comparing import compare
from tests.engine.language.specs import SPECS
from tests.engine.versions.amending import amended, procedure

FEES = (SPECS / "features" / "fee-by-table.yaml").read_text(encoding="utf-8")
VALUES = (SPECS / "features" / "calculated-and-tables.yaml").read_text(encoding="utf-8")
FIRST = "          - {area: {up_to: 100}, paper: false, yen: 31000}\n"
CUT = FIRST.replace("up_to: 100", "up_to: 50").replace("31000", "9000") + FIRST.replace(
    "up_to: 100", "above: 50, up_to: 100"
)
SMALL = "        - {size: {up_to: 50}, give: 0}\n"


def told(source: str, old: str, new: str) -> list[tuple[str, str]]:
    source = source[: source.index("scenarios:")]
    changes = compare(procedure(source), amended(source, (old, new))).changes
    return [(one.kind, " ".join([*(name.say("en") for name in one.spot.names[2:]), one.say("en")])) for one in changes]


@pytest.mark.parametrize(
    ("old", "new", "kinds", "words"),
    [
        ("yen: 31000", "yen: 32000", ["rate_changed"], ["31,000 yen → 32,000 yen"]),
        (FIRST, "", ["row_removed"], ["31,000 yen"]),
        (FIRST, CUT, ["row_removed", "row_added", "row_added"], ["31,000 yen", "9,000 yen", "31,000 yen"]),
    ],
)  # fmt: skip
def test_a_fee_table(old: str, new: str, kinds: list[str], words: list[str]) -> None:
    """A row that comes or goes shifts the places of all below it, and those are told as little as they changed."""
    found = told(FEES, old, new)
    assert [kind for kind, _ in found] == kinds
    for (_, said), wanted in zip(found, words, strict=True):
        assert wanted in said


def test_the_case_is_said_in_words() -> None:
    [(_, said)] = told(FEES, "yen: 31000", "yen: 32000")
    assert "at most 100" in said
    assert "is no" in said


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        (SMALL, SMALL.replace("give: 0", "give: 7"), ["row_changed"]),
        (SMALL, SMALL.replace("50", "60"), ["row_removed", "row_added"]),
    ],
)
def test_a_table_of_values(old: str, new: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in told(VALUES, old, new)] == kinds
