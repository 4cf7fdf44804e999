"""Strict YAML: what is accepted means one thing; what is refused is refused at its place, without a traceback."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.problems import Problem, Report
from engine.source import MappingNode, ScalarNode, read
from engine.source.nodes import find
from engine.source.reading import DEEPEST, MOST_NODES


def reading(source: str | bytes) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    report = Report("spec.yaml")
    return read(source, report), report.problems


def plain(source: str) -> object:
    node, problems = reading(source)
    assert node is not None, [problem.render("en") for problem in problems]
    assert not problems
    return node.plain()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("0300", "0300"),
        ("12:30", "12:30"),
        ("2026-04-01", "2026-04-01"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("<<", "<<"),
        ("1.", 1.0),
        ("1.5", 1.5),
        ("-2e3", -2000.0),
        ("300", 300),
        ("-1", -1),
        ("0", 0),
        ("true", True),
        ("FALSE", False),
        ("~", None),
        ("null", None),
        ("'true'", "true"),
        ('"12"', "12"),
        ("犬", "犬"),
        ("葛󠄀飾区の髙橋と𠮷田", "葛󠄀飾区の髙橋と𠮷田"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(written: str, value: object) -> None:
    found = plain(f"a: {written}")
    assert found == {"a": value}
    assert isinstance(found, dict)
    assert type(found["a"]) is type(value)


def test_every_node_knows_its_place() -> None:
    node, _ = reading("title: 犬の登録\nsteps:\n  - {name: 花子, age: 30}\n")
    assert node is not None
    age = find(node, ("steps", 0, "age"))
    assert (age.line, age.col) == (3, 21)
    assert node.pairs["steps"].key.line == 2
    assert isinstance(age, ScalarNode)
    assert age.text == "30"


def test_a_place_that_is_missing_is_the_nearest_one_above() -> None:
    node, _ = reading("a:\n  b: 1\n")
    assert node is not None
    assert find(node, ("a", "c", "d")) is node.get("a")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    assert plain("\ufeffa: 1\r\nb: 2\r\n") == {"a": 1, "b": 2}


REFUSED: list[tuple[str, str | bytes, str, int, int]] = [
    ("tab", "a:\n\tb: 1", "yaml-tab", 2, 1),
    ("tab in a text", "a: x\ty", "yaml-tab", 1, 5),
    ("bell", "a: x\x07y", "yaml-control-character", 1, 5),
    ("escaped bell", 'a: "x\\u0007y"', "yaml-control-character", 1, 4),
    ("zero byte", "a: \x00", "yaml-control-character", 1, 4),
    ("delete", "a: \x7f", "yaml-control-character", 1, 4),
    ("next line", "a: x\x85y", "yaml-control-character", 1, 5),
    ("line separator", "a: x\u2028y", "yaml-control-character", 1, 5),
    ("turned text", "a: x\u202ey", "yaml-control-character", 1, 5),
    ("half a surrogate", "a: \ud800", "yaml-control-character", 1, 4),
    ("a byte order mark inside", "a: \ufeff", "yaml-control-character", 1, 4),
    ("old Macintosh line ends", "a: 1\rb: 2", "yaml-control-character", 1, 5),
    ("not UTF-8", b"a: 1\nb: \x8c\xa2", "yaml-not-utf8", 2, 4),
    ("cut UTF-8", "a: 犬".encode()[:-1], "yaml-not-utf8", 1, 4),
    ("UTF-16", "a: 1".encode("utf-16"), "yaml-not-utf8", 1, 1),
    ("anchor", "a: &x 1", "yaml-anchor", 1, 4),
    ("anchor on a map", "a: &x {b: 1}", "yaml-anchor", 1, 4),
    ("alias", "a: 1\nb: *a", "yaml-anchor", 2, 4),
    ("core tag", "a: !!int '1'", "yaml-tag", 1, 4),
    ("own tag", "a: !env HOME", "yaml-tag", 1, 4),
    ("python tag", "a: !!python/object/apply:os.system ['ls']", "yaml-tag", 1, 4),
    ("bare tag", "a: ! b", "yaml-tag", 1, 4),
    ("tag on a list", "a: !!set [b]", "yaml-tag", 1, 4),
    ("version directive", "%YAML 1.1\n---\na: 1", "yaml-directive", 1, 1),
    ("tag directive", "%TAG ! tag:x,2026:\n---\na: 1", "yaml-directive", 1, 1),
    ("second document", "a: 1\n---\nb: 2", "yaml-second-document", 2, 1),
    ("duplicate key", "a: 1\nb: 2\na: 3", "yaml-duplicate-key", 3, 1),
    ("duplicate key in a list", "a:\n  - {b: 1, b: 2}", "yaml-duplicate-key", 2, 12),
    ("duplicate key, quoted once", "1: a\n'1': b", "yaml-duplicate-key", 2, 1),
    ("a list as key", "? [a]\n: b", "yaml-key", 1, 3),
    ("a template's braces", "a: {{ b }}", "yaml-key", 1, 5),
    ("an empty key", "'': b", "yaml-key", 1, 1),
    ("infinity", "a: .inf", "yaml-number", 1, 4),
    ("not a number", "a: -.NaN", "yaml-number", 1, 4),
    ("too large to be exact", "a: 9007199254740993", "yaml-number", 1, 4),
    ("overflow", "a: 1e999", "yaml-number", 1, 4),
    ("a hundred thousand digits", "a: " + "9" * 100_000, "yaml-number", 1, 4),
    ("open bracket", "a: [1,", "yaml-syntax", 2, 1),
    ("open quote", "a: 'x", "yaml-syntax", 1, 6),
    ("colon in a text", "title: 犬: 登録", "yaml-syntax", 1, 9),
    ("wrong indentation", "a:\n  b: 1\n c: 2", "yaml-syntax", 3, 2),
    ("at sign", "a: @b", "yaml-syntax", 1, 4),
    ("unknown escape", 'a: "\\q"', "yaml-syntax", 1, 5),
    ("a list", "- a", "yaml-not-a-mapping", 1, 1),
    ("a word", "犬", "yaml-not-a-mapping", 1, 1),
    ("nothing", "", "yaml-empty", 1, 1),
    ("only comments", "# 犬\n", "yaml-empty", 1, 1),
    ("brackets without end", "a: " + "[" * 200_000, "yaml-too-deep", 1, 23),
    ("dashes without end", "- " * 100_000, "yaml-too-deep", 1, 2 * DEEPEST + 1),
    ("braces without end", "{" * 200_000, "yaml-key", 1, 2),
    ("maps without end", "{a: " * 50_000, "yaml-too-deep", 1, 4 * DEEPEST + 1),
    ("questions without end", "? " * 100_000, "yaml-key", 1, 3),
    ("too many values", "a: [" + "1," * MOST_NODES + "]", "yaml-too-many-nodes", 1, 9999),
    ("too many keys", "".join(f"k{n}: 1\n" for n in range(MOST_NODES)), "yaml-too-many-nodes", 2500, 8),
    ("laughs", "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", "yaml-anchor", 1, 4),
    ("too large", "a: " + "x" * 300_000, "yaml-too-large", 1, 1),
    ("too large in bytes", "a: " + "犬" * 90_000, "yaml-too-large", 1, 1),
    ("too large, of comments", "#\n" * 140_000, "yaml-too-large", 1, 1),
]


@pytest.mark.parametrize(
    ("source", "code", "line", "col"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_is_refused_is_refused_at_its_place(source: str | bytes, code: str, line: int, col: int) -> None:
    _, problems = reading(source)
    first = problems[0]
    assert (first.code, first.line, first.col) == (code, line, col), [problem.render("en") for problem in problems]


def test_tabs_are_all_reported_up_to_a_handful() -> None:
    _, problems = reading("a: 1\n" + "\tb: 1\n" * 50)
    assert len(problems) == 10
    assert {problem.code for problem in problems} == {"yaml-tab"}


def test_duplicate_keys_are_all_reported_and_the_rest_is_read() -> None:
    node, problems = reading("a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert [(problem.line, problem.path) for problem in problems] == [(2, "a"), (3, "b.c")]
    assert node is not None
    assert node.plain() == {"a": 1, "b": {"c": 1}}


def test_a_hundred_problems_are_enough() -> None:
    _, problems = reading("a: 1\n" * 500)
    assert len(problems) == 101
    assert "too-many-problems" in {problem.code for problem in problems}


def test_the_limits_themselves_are_allowed() -> None:
    nested = "a: " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    assert reading(nested)[1] == ()
    many = "a: [" + ",".join("1" for _ in range(MOST_NODES - 3)) + "]"
    assert reading(many)[1] == ()


@given(st.text(max_size=300))
def test_any_text_gives_nodes_or_problems(text: str) -> None:
    node, problems = reading(text)
    assert (node is not None) or problems


@given(st.binary(max_size=200))
def test_any_bytes_give_nodes_or_problems(octets: bytes) -> None:
    node, problems = reading(octets)
    assert (node is not None) or problems


YAML_PIECES = st.sampled_from(
    [
        "a",
        ":",
        " ",
        "\n",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "&a",
        "*a",
        "!!",
        "|",
        ">",
        "#",
        "?",
        "%",
        "---",
        "1",
        "\\u0000",
        "犬",
    ]
)


@given(st.lists(YAML_PIECES, max_size=60))
def test_anything_that_looks_like_yaml_gives_nodes_or_problems(pieces: list[str]) -> None:
    node, problems = reading("".join(pieces))
    assert (node is not None) or problems


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text("abc犬 :#-", min_size=1, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=5), VALUES, min_size=1, max_size=4))
def test_json_is_yaml_and_means_the_same(value: dict[str, object]) -> None:
    assert plain(json.dumps(value, ensure_ascii=False)) == value
