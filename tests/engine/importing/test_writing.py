"""What is written reads back as it was, and looks as an author would write it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.importing.writing.measuring import depth, nodes
from engine.importing.writing.shallow import shallow
from engine.importing.writing.yaml import Remark, write
from engine.problems import Report
from engine.source import read
from engine.source.characters import FORBIDDEN

TEXT = st.text(max_size=30).filter(lambda text: not FORBIDDEN.search(text))
HARD = st.sampled_from(
    [
        *(
            "no",
            "true",
            "null",
            "0300",
            "12:30",
            "- a",
            "a: b",
            "a #b",
            "'",
            '"',
            "",
            " a",
            "*a",
            "2026-04-01",
            "あ、い",
        ),
        *("a, b", "{a}", "[a", "@a", "1e3", "~", "a\nb", "a\\b", "%a", "!a", "a:", "---", "=", "<<", "?", "|", ">"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e9, 1e9) | TEXT | HARD
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries((TEXT | HARD).filter(bool), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries((TEXT | HARD).filter(bool), VALUES, min_size=1, max_size=5))
def test_what_is_written_reads_back(value: dict[str, Any]) -> None:
    report = Report("written.yaml")
    root = read(write(value), report)
    assert not report.problems
    assert root is not None
    assert root.plain() == value


@given(st.dictionaries(TEXT.filter(bool), VALUES, min_size=1, max_size=4))
def test_size_and_depth_are_those_that_the_reader_counts(value: dict[str, Any]) -> None:
    root = read(write(value), Report("written.yaml"))
    assert root is not None
    assert nodes(value) == _count(root.plain())
    assert (depth(value) <= 20) is True


def _count(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(1 + _count(inner) for inner in value.values())
    return 1 + sum(map(_count, value)) if isinstance(value, list) else 1


def test_short_things_stand_on_one_line_and_groups_unfold() -> None:
    field = {"type": "string", "title": "氏名", "maxLength": 20}
    text = write(
        {
            Remark("見本"): None,
            "fields": {"name": field, "who": {"title": "人", "properties": {"name": field, "mail": field}}},
        }
    )
    assert text.splitlines() == [
        "# 見本",
        "fields:",
        "  name: {type: string, title: 氏名, maxLength: 20}",
        "  who:",
        "    title: 人",
        "    properties:",
        "      name: {type: string, title: 氏名, maxLength: 20}",
        "      mail: {type: string, title: 氏名, maxLength: 20}",
    ]


def test_lines_are_not_long() -> None:
    options = {f"option{number}": f"選択肢 {number}" for number in range(40)}
    assert max(map(len, write({"field": {"type": "choice", "options": options}}).splitlines())) < 120


def test_a_deep_schema_becomes_shallow_and_means_the_same() -> None:
    from engine.validation.dialect import Validator

    deep: dict[str, Any] = {"type": "integer"}
    right: Any = 1
    for level in range(40):
        deep = {"type": "object", "properties": {f"p{level}": deep}, "required": [f"p{level}"]}
        right = {f"p{level}": right}
    wrong = _deepest(right, "x")
    flat = shallow(deep, 19)
    assert depth(flat) <= 19
    assert Validator(flat).is_valid(right)
    assert not Validator(flat).is_valid(wrong)


def _deepest(value: Any, put: Any) -> Any:
    if not isinstance(value, dict):
        return put
    return {name: _deepest(inner, put) for name, inner in value.items()}
