"""Authors' patterns mean the same to every reader of the schema, or they are rules."""

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from engine.submission_schema.patterns import portable, with_portable_patterns
from tests.engine.language.specs import spec
from tests.engine.submission_schema.sides import sides_of

PORTABLE = [
    "^(?:[0-9]{7})$", "^a|b$", r"\d+", r"\D\s\S\w\W", r"[\d\w-]", r"[^\s]", r"\.\-\(\[\]", "[$^]", "x{2,3}?", "[a-z]*",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PORTABLE)
@given(text=st.text("a1１ \n\t-.xz_é", max_size=6) | st.text(max_size=4))
def test_it_finds_the_same(pattern: str, text: str) -> None:
    found = portable(pattern, lines=True)
    assert found is not None
    assert bool(re.search(found, text)) is bool(re2.search(pattern, text))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\pL+",
        r"\bword\b",
        "(?i)a",
        "(?P<n>a)",
        "[[:alpha:]]",
        "[]a]",
        "[^]a]",
        "a{,2}",
        r"[\D]",
        r"\x{3042}",
        r"\Qa.b\E",
        r"\z",
    ],
)
def test_what_others_read_differently_is_left_out(pattern: str) -> None:
    assert portable(pattern, lines=False) is None


def test_deep_inside_the_keyword_that_holds_it_is_left_out() -> None:
    schema = {"type": "string", "maxLength": 3, "not": {"pattern": r"\pL"}}
    assert with_portable_patterns(schema, lines=False) == ({"type": "string", "maxLength": 3}, [r"\pL"])
    assert with_portable_patterns({"not": {"pattern": "a"}}, lines=False) == ({"not": {"pattern": "a"}}, [])
    assert with_portable_patterns({"patternProperties": {r"\pL": {}}}, lines=False) == ({}, [r"\pL"])
    listed = {"enum": [{"pattern": r"\pL"}]}
    assert with_portable_patterns(listed, lines=False) == (listed, [])


def test_it_becomes_a_rule_of_the_field() -> None:
    both = sides_of(spec(r"a: {type: text, title: 甲, pattern: '\p{Katakana}+'}"), "")
    (rule,) = both.rules
    assert rule["path"] == ["a"]
    assert rule["pattern"] == r"^(?:\p{Katakana}+)$"
    assert both.form({"a": "x"})
    assert both.accepts({"a": "x"})


def test_several_lines_end_where_the_text_ends() -> None:
    both = sides_of(spec("a: {type: long_text, title: 甲, pattern: '[a-z\\n]*[a-z]'}"), "")
    assert both.agree({"a": "a\nb"})
    assert not both.agree({"a": "a\nb\n"})


def test_control_characters_are_refused_on_both_sides() -> None:
    both = sides_of(spec("a: {type: text, title: 甲}", "b: {type: long_text, title: 乙}"), "")
    for number in [*range(0x20), 0x7F, 0x80, 0x9F, 0xA0, 0x202A, 0x202E, 0x200B, 0x2066, 0x2069]:
        both.agree({"a": f"x{chr(number)}", "b": "x"})
        both.agree({"a": "x", "b": f"x{chr(number)}"})
