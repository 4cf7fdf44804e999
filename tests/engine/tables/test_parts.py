"""The parts of tables: cells said as conditions, axes cut into pieces, places beyond what can be looked at."""

import ast
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from timeit import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.expressions import BOOLEAN, DATE, NUMBER, TEXT, UNKNOWN, Scope, one_of, parse
from engine.tables import HITS, Band, Cell, Not, OneOf
from engine.tables.combining import TooMuch, combinations
from engine.tables.conditions import both, condition
from engine.tables.narrowness import is_within, narrowest_first
from engine.tables.pieces import Limits, Piece, meet, pieces, sample_of
from engine.tables.policies import NOTHING
from engine.tables.table import Row
from tests.engine.language.specs import codes, compiled
from tests.engine.tables.samples import FIELDS, TODAY, compile_table, table_of, worth

numbers = st.integers(-3, 3).map(Decimal)
bands = st.builds(Band, st.none() | numbers, st.none() | numbers, st.booleans(), st.booleans())
plain = st.lists(numbers, min_size=1, max_size=3, unique=True).map(tuple).map(OneOf) | bands
cells: st.SearchStrategy[Cell] = plain | plain.map(Not)
SUBJECT = ast.parse("x", mode="eval").body


@given(cells, numbers)
def test_a_cell_said_as_a_condition_holds_for_the_same_numbers(cell: Cell, value: Decimal) -> None:
    said = condition(cell, SUBJECT)
    holds = said is None or parse(ast.unparse(said), {"x": NUMBER}).evaluate(Scope({"x": value}, TODAY))
    assert holds is cell.holds(value)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (OneOf((True,)), "x"),
        (OneOf((False,)), "not x"),
        (Not(OneOf((True,))), "not x"),
        (Not(OneOf((False,))), "x"),
        (Not(OneOf(("a",))), "x != 'a'"),
        (OneOf(("a", "b")), "x in ('a', 'b')"),
        (Not(OneOf(())), None),
        (Band(), None),
        (Not(Band()), "False"),
        (Band(date(2026, 4, 1), None), "x >= '2026-04-01'"),
        (Band(Decimal("0.5"), Decimal(2), low_open=True), "x > Decimal('0.5') and x <= 2"),
        (Not(Band(Decimal(1), Decimal(1))), "not x == 1"),
    ],
)
def test_how_cells_are_said(cell: Cell, said: str | None) -> None:
    found = condition(cell, SUBJECT)
    assert (found if found is None else ast.unparse(found)) == said


def test_conditions_together() -> None:
    a, b, c = (ast.Name(name, ast.Load()) for name in "abc")
    assert both([]) is None
    assert both([None, a]) is a
    joined = both([both([a, b]), c])
    assert joined is not None
    assert ast.unparse(joined) == "a and b and c"
    assert isinstance(joined, ast.BoolOp)
    assert len(joined.values) == 3


days = st.dates(date(2026, 4, 1), date(2026, 4, 9))


@given(st.none() | days, st.none() | days, st.booleans(), st.booleans())
def test_a_sample_of_days_lies_inside(low: date | None, high: date | None, low_open: bool, high_open: bool) -> None:
    band = Band(low, high, low_open, high_open)
    found = sample_of(band, whole=False)
    every = [date(2026, 3, 25) + timedelta(days=n) for n in range(25)]
    if found is None:
        assert not any(map(band.holds, every))
    elif low or high:
        assert band.holds(found)


@given(bands, st.booleans())
def test_a_sample_of_numbers_lies_inside(band: Band, whole: bool) -> None:
    found = sample_of(band, whole=whole)
    step = Decimal(1) if whole else Decimal("0.25")
    every = [step * n for n in range(-40, 41)]
    if found is None:
        assert not any(map(band.holds, every))
    else:
        assert band.holds(found)
        assert not whole or found == found.to_integral_value()


def test_beyond_the_calendar_there_is_no_day() -> None:
    assert sample_of(Band(date.max, None, low_open=True), whole=False) is None
    assert sample_of(Band(None, date.min, high_open=True), whole=False) is None


@given(bands, bands, numbers)
def test_a_meeting_of_bands_holds_what_both_hold(one: Band, other: Band, value: Decimal) -> None:
    assert meet(one, other).holds(value) is (one.holds(value) and other.holds(value))


@given(st.lists(cells, max_size=4), bands, st.booleans())
def test_pieces_tell_for_each_number_which_rows_match(held: list[Cell], band: Band, whole: bool) -> None:
    found = pieces(held, Limits(band=band, whole=whole))
    for value in (Decimal(n) / (1 if whole else 2) for n in range(-10, 11)):
        if not band.holds(value):
            continue
        inside = [piece for piece in found if piece.cell.holds(value)]
        rows = sum(1 << index for index, cell in enumerate(held) if cell.holds(value))
        assert [piece.rows for piece in inside] == [rows]


def test_pieces_of_texts_know_the_texts_that_nobody_named() -> None:
    found = pieces([OneOf(("a",)), Not(OneOf(("a", "b"))), None], Limits(texts=True))
    assert [(piece.rows, piece.values, piece.other) for piece in found] == [
        (0b101, ("a",), False),
        (0b100, ("b",), False),
        (0b110, ("a", "b"), True),
    ]
    assert found[-1].cell == Not(OneOf(("a", "b")))


@given(cells, cells, numbers)
def test_what_is_within_another_row_matches_only_where_that_does(one: Cell, other: Cell, value: Decimal) -> None:
    inner, outer = Row(0, {0: one}, 1), Row(1, {0: other}, 2)
    if is_within(inner, outer) and one.holds(value):
        assert other.holds(value)


def test_rows_from_the_narrowest_on() -> None:
    wide = Row(0, {}, 1)
    middle = Row(1, {0: Band(Decimal(0), None)}, 2)
    narrow = Row(2, {0: Band(Decimal(0), Decimal(5)), 1: OneOf(("a",))}, 3)
    assert [row.index for row in narrowest_first([wide, middle, narrow])] == [2, 1, 0]


def test_too_many_places_are_left_open() -> None:
    others = [(1 << 144) - 1 ^ ((1 << 12) - 1) << axis * 12 for axis in range(12)]  # rows about the other axes
    axes = [[Piece(1 << (axis * 12 + piece) | others[axis], (piece,)) for piece in range(12)] for axis in range(12)]
    with pytest.raises(TooMuch):
        list(combinations(axes))


def test_of_axes_that_hang_together_nothing_is_said_and_what_matches_no_row_is_unknown() -> None:
    on = {"area": "area", "large": "area > 2"}
    rows = [{"area": {"up_to": 2}, "large": False, "give": 1}, {"area": {"above": 2}, "large": True, "give": 2}]
    table = table_of(rows, on=on)
    assert [worth(table, area=area) for area in (0, 2, 3)] == [1, 1, 2]
    partial = table_of(rows[:1], on=on)
    assert worth(partial, area=3) is UNKNOWN
    assert partial.deciding(Scope({"area": Decimal(3)}, TODAY)) == []
    assert partial.deciding(Scope({}, TODAY)) == []


def test_two_rows_that_no_check_could_keep_apart_give_no_value() -> None:
    rows = [{"area": {"up_to": 2}, "give": 1}, {"large": False, "give": 2}, {"large": True, "give": 3}]
    table = table_of(rows, on={"area": "area", "large": "area > 2"})
    assert worth(table, area=1) is UNKNOWN
    assert worth(table, area=3) == 3


def test_nothing_combined_is_nothing() -> None:
    for name in ("unique", "any", "first", "narrowest", "priority", "sum", "min", "max"):
        assert HITS[name].combine([]) is NOTHING
    assert HITS["collect"].combine([]) == []
    assert HITS["count"].combine([]) == 0
    assert HITS["min"].combine([Decimal(1), UNKNOWN]) is UNKNOWN


def test_a_row_knows_its_place_and_an_expression_its_options() -> None:
    table = table_of([{"wet": True, "give": 1}], on=["wet"], otherwise={"give": 2})
    assert [row.path for row in table.every_row()] == [("rows", 0), ("otherwise",)]
    assert table.outputs() == (1, 2)
    assert parse("x", {"x": one_of(["a", "b"])}).outputs() == ("a", "b")
    assert parse("1 + 1", {}).outputs() is None


def test_a_row_says_what_it_asks() -> None:
    table = table_of([{"wet": True, "area": {"up_to": 2}, "give": 1}, {"give": 2}], hit="first")
    asked = [table.asks(row) for row in table.rows]
    assert asked[0] is not None
    assert ast.unparse(asked[0]) == "area <= 2 and wet"
    assert asked[1] is None


def test_the_foremost_of_the_order_wins() -> None:
    rows = [{"area": {"up_to": 2}, "give": "b"}, {"area": {"from": 1}, "give": "a"}]
    table = table_of(rows, on=["area"], hit="priority", order=["a", "b"])
    assert [worth(table, area=area) for area in (0, 1, 3)] == ["b", "a", "a"]
    assert worth(table) is UNKNOWN
    assert table.type == TEXT or table.type.options == ("b", "a")


def test_several_outputs_are_a_record() -> None:
    rows = [
        {"wet": True, "give": {"fee": 5, "from": "2026-04-01"}},
        {"wet": False, "give": {"fee": 7, "from": "2026-05-01"}},
    ]
    table = table_of(rows, on=["wet"])
    assert dict(table.type.properties) == {"fee": NUMBER, "from": DATE}
    assert worth(table, wet=True) == {"fee": Decimal(5), "from": date(2026, 4, 1)}
    assert table.outputs() is None


def test_days_among_texts_are_texts() -> None:
    rows: Sequence[dict[str, Any]] = [{"wet": True, "give": "2026-04-01"}, {"wet": False, "give": "later"}]
    assert worth(table_of(rows, on=["wet"]), wet=True) == "2026-04-01"
    assert worth(table_of(rows[:1], on=["wet"], otherwise={"give": "2026-05-01"}), wet=False) == date(2026, 5, 1)


def test_what_a_table_gives_can_be_an_axis_of_another() -> None:
    rows = "rows: [{area: {up_to: 2}, give: small}, {give: large}]"
    more = "\n".join(
        [
            "calculated:",
            f"  kind: {{table: {{on: [area], hit: first, {rows}}}}}",
            "  it: {table: {on: [kind], rows: [{kind: small, give: 1}, {kind: large, give: 2}]}}",
            "  wrong: {table: {on: [kind], rows: [{kind: smal, give: 1}, {kind: large, give: 2}]}}",
            "  lacking: {table: {on: [kind], rows: [{kind: small, give: 1}]}}",
            "",
        ]
    )
    assert codes(compiled(*FIELDS, more=more)) == ["table-cell", "table-gap"]


def test_a_gap_that_no_answers_lead_to_is_none() -> None:
    assert codes(compile_table([{"area": {"from": 0, "up_to": 4}, "give": 1}], on=["area"])) == []
    assert codes(compile_table([{"area": {"from": 1}, "give": 1}], on=["area"])) == ["table-gap"]


def test_a_truth_is_an_axis() -> None:
    table = table_of([{"a": True, "give": 1}, {"a": False, "give": 2}], on={"a": "wet and area > 1"})
    assert worth(table, wet=False) == 2
    assert worth(table, wet=True) is UNKNOWN
    assert table.names == {"wet", "area"}
    assert table.types["wet"] == BOOLEAN


def test_sixty_rows_take_less_than_a_tenth_of_a_millisecond() -> None:
    """Measured at its best of several: other processes share the machine, and coverage makes everything slower."""
    if sys.gettrace() or "coverage" in sys.modules:
        pytest.skip("under coverage it says nothing")
    rows = [
        {"trade": trade, "size": {"above": low * 10, "up_to": low * 10 + 10}, "give": low}
        for trade in ("restaurant", "cafe", "bar")
        for low in range(20)
    ]
    table = table_of(rows, on=["trade", "size"], otherwise={"give": 99})
    scope = Scope({"trade": "bar", "size": Decimal(195)}, TODAY)
    assert table.evaluate(scope) == 19
    best = min(repeat(lambda: table.evaluate(scope), number=200, repeat=20)) / 200
    assert best < 0.1e-3
