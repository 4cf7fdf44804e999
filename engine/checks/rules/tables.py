"""Decision tables say one thing for every combination of answers, and every row can be hit."""

import ast
from collections.abc import Iterator

from engine.checks.subject import Path, Subject
from engine.checks.tables.places import Places
from engine.expressions import Expression
from engine.expressions.explaining import explain
from engine.problems import Code
from engine.problems.codes import LANGUAGES
from engine.tables import Row, Table
from engine.tables.combining import Combination
from engine.titles import titles_in

GAP = Code("table-gap", example="rows: [{area: {up_to: 100}, give: 1}]      # and above 100?")
OVERLAP = Code("table-overlap", example="rows: [{area: {up_to: 100}, give: 1}, {area: {from: 100}, give: 2}]")
DISAGREEMENT = Code("table-disagreement", example="hit: any … {kind: new, give: 1}, {trade: cafe, give: 2}")
DEAD_ROW = Code("table-dead-row", example="hit: first … {area: {up_to: 100}, …}, {area: {up_to: 50}, …}")

TOTAL_WITHOUT_ROWS = frozenset({"collect", "count"})
FIRST = frozenset({"first", "narrowest"})
ANYTHING = {"ja": "すべての答え", "en": "all answers"}


def check(subject: Subject) -> None:
    """Look at each table, with the fields that it sees."""
    for path, table in subject.procedure.tables.items():
        _look(path, table, subject)
    for inside in subject.insides:
        _look(inside.path, inside.table, inside)


def _look(path: Path, table: Table, subject: Subject) -> None:
    places = Places.of(table, subject)
    _dead_rows(subject, path, places)
    if places.certain():
        _gap(subject, path, places)
        _meetings(subject, path, places)


def _gap(subject: Subject, path: Path, places: Places) -> None:
    if places.table.otherwise is not None or places.table.hit.name in TOTAL_WITHOUT_ROWS:
        return
    said = places.first_possible(place for place in places.found if not place.rows)
    if said is not None:
        subject.problem(GAP, (*path, "rows"), combination=_in_words(said, subject, places.table))


def _dead_rows(subject: Subject, path: Path, places: Places) -> None:
    """Rows that match nowhere; where the first that matches counts, also those that never come first."""
    alive = -1
    for axis in places.axes:
        alive &= sum({1 << bit for piece in axis for bit in _bits(piece.rows)})
    if places.whole and places.table.hit.name in FIRST:
        alive &= sum({place.rows & -place.rows for place in places.found})
    for bit, row in enumerate(places.table.rows):
        if not alive >> bit & 1:
            subject.problem(DEAD_ROW, (*path, "rows", row.index), number=row.index + 1)


def _meetings(subject: Subject, path: Path, places: Places) -> None:
    """Rows that match together where they must not, each pair once."""
    told: set[tuple[int, int]] = set()
    for place in places.found:
        for one, other in _clashes(place, places):
            pair = (min(one.index, other.index), max(one.index, other.index))
            if pair in told:
                continue
            told.add(pair)
            said = places.first_possible(iter([place]))
            if said is not None:
                code = DISAGREEMENT if places.table.hit.name == "any" else OVERLAP
                words = _in_words(said, subject, places.table)
                number, before = pair[1] + 1, pair[0] + 1
                subject.problem(code, (*path, "rows", pair[1]), number=number, other=before, combination=words)


def _clashes(place: Combination, places: Places) -> Iterator[tuple[Row, Row]]:
    rows = [places.table.rows[bit] for bit in _bits(place.rows)]
    first, hit = (rows[0], places.table.hit.name) if rows else (None, "")
    for other in rows[1:]:
        assert first is not None  # noqa: S101 - there is one before the others
        clash = {
            "unique": True,
            "any": _differ(first, other),
            "narrowest": not _within(first, other, places),
        }
        if clash.get(hit, False):
            yield first, other


def _differ(one: Row, other: Row) -> bool:
    """Whether what they give differs; of what is calculated that cannot be told."""
    calculated = isinstance(one.output, Expression) or isinstance(other.output, Expression)
    return not calculated and one.output != other.output


def _within(inner: Row, outer: Row, places: Places) -> bool:
    """Whether the outer row matches wherever the inner does."""
    rows = list(places.table.rows)
    inside, outside = 1 << rows.index(inner), 1 << rows.index(outer)
    return all(piece.rows & outside for axis in places.axes for piece in axis if piece.rows & inside)


def _bits(rows: int) -> Iterator[int]:
    bit = 0
    while rows:
        if rows & 1:
            yield bit
        rows, bit = rows >> 1, bit + 1


def _in_words(said: ast.expr, subject: Subject, table: Table) -> dict[str, str]:
    if isinstance(said, ast.Constant):
        return ANYTHING
    trees = {name: one.syntax.tree for name, one in subject.procedure.conditions.items()}
    types = {name: type for axis in table.axes for name, type in axis.value.types.items()}
    return {
        language: explain(said, language, titles_in(subject.procedure, language), trees, types, truth=True)
        for language in LANGUAGES
    }
