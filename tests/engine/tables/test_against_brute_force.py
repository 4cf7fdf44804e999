"""A table says what going through its rows by hand says, and its gaps, overlaps and dead rows are exactly those."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.expressions import UNKNOWN
from tests.engine.language.specs import codes
from tests.engine.tables.samples import TRADES, Row, compile_table, every_answer, matching, table_of, worth

trade_values = st.sampled_from(TRADES)
trade_cells: st.SearchStrategy[Any] = trade_values | st.lists(trade_values, min_size=1, max_size=2, unique=True)
numbers = st.integers(-1, 5)
bands = st.fixed_dictionaries({}, optional={"from": numbers, "up_to": numbers}) | st.fixed_dictionaries(
    {}, optional={"above": numbers, "below": numbers}
)
area_cells: st.SearchStrategy[Any] = (
    numbers | st.lists(numbers, min_size=1, max_size=3, unique=True) | bands.filter(bool)
)


def negated(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return cells | cells.map(lambda cell: {"not": cell})


ROWS = st.lists(
    st.fixed_dictionaries(
        {"give": st.integers(1, 3)},
        optional={"trade": negated(trade_cells), "area": negated(area_cells), "wet": st.booleans()},
    ),
    min_size=1,
    max_size=5,
)
EVERY = list(every_answer())


def gives(rows: Sequence[Row], hits: list[int]) -> list[int]:
    return [rows[index]["give"] for index in hits]


@settings(max_examples=150)
@given(ROWS)
def test_unique(rows: list[Row]) -> None:
    hits = [matching(rows, answers) for answers in EVERY]
    expected = set()
    if any(not found for found in hits):
        expected.add("table-gap")
    if any(len(found) > 1 for found in hits):
        expected.add("table-overlap")
    if {index for found in hits for index in found} != set(range(len(rows))):
        expected.add("table-dead-row")
    assert set(codes(compile_table(rows))) == expected


@settings(max_examples=150)
@given(ROWS)
def test_any(rows: list[Row]) -> None:
    hits = [matching(rows, answers) for answers in EVERY]
    found = codes(compile_table(rows, hit="any"))
    assert ("table-gap" in found) == any(not one for one in hits)
    assert ("table-disagreement" in found) == any(len(set(gives(rows, one))) > 1 for one in hits)


@settings(max_examples=150)
@given(ROWS)
def test_first(rows: list[Row]) -> None:
    hits = [matching(rows, answers) for answers in EVERY]
    found = codes(compile_table(rows, hit="first"))
    assert ("table-gap" in found) == any(not one for one in hits)
    assert found.count("table-dead-row") == len(rows) - len({one[0] for one in hits if one})
    whole = [*rows, {"give": 9}]
    if not set(codes(compile_table(whole, hit="first"))):
        table = table_of(whole, hit="first")
        for answers, one in zip(EVERY, hits, strict=True):
            assert worth(table, **answers) == (gives(rows, one)[0] if one else 9)


@settings(max_examples=150)
@given(ROWS)
def test_narrowest(rows: list[Row]) -> None:
    """Where nothing is reported, the row that wins matches only where all others that match do too."""
    compiled = compile_table(rows, hit="narrowest", otherwise={"give": 9})
    areas = [
        {index for index, answers in enumerate(EVERY) if row in matching(rows, answers)} for row in range(len(rows))
    ]
    if compiled.procedure is None:
        return
    table = table_of(rows, hit="narrowest", otherwise={"give": 9})
    for answers in EVERY:
        hits = matching(rows, answers)
        best = [row for row in hits if all(areas[row] <= areas[other] for other in hits)]
        assert worth(table, **answers) in ({rows[row]["give"] for row in best} if hits else {9})


COMBINED = {
    "collect": list,
    "sum": lambda given: sum(given) if given else UNKNOWN,
    "min": lambda given: min(given, default=UNKNOWN),
    "max": lambda given: max(given, default=UNKNOWN),
    "count": len,
}


@pytest.mark.parametrize("hit", COMBINED)
@settings(max_examples=40)
@given(rows=ROWS)
def test_combined(hit: str, rows: list[Row]) -> None:
    rows = [*rows, {"give": 2}]
    found = compile_table(rows, hit=hit)
    if "table-dead-row" in codes(found):
        return
    table = table_of(rows, hit=hit)
    for answers in EVERY:
        assert worth(table, **answers) == COMBINED[hit](gives(rows, matching(rows, answers)))


@settings(max_examples=100)
@given(ROWS, st.sets(st.sampled_from(["trade", "area", "wet"]), min_size=1))
def test_what_is_not_answered_makes_the_value_unknown_or_leaves_it(rows: list[Row], silent: set[str]) -> None:
    """A value that is known keeps, whatever the missing answers turn out to be (Kleene)."""
    rows = [*rows, {"give": 9}]
    if compile_table(rows, hit="first").procedure is None:
        return
    table = table_of(rows, hit="first")
    for answers in EVERY:
        known = worth(table, **{name: value for name, value in answers.items() if name not in silent})
        assert known is UNKNOWN or known == worth(table, **answers)
